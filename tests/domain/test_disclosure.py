"""What the table calls sensitive."""

from meibo.domain.disclosure import parse

TABLE = """field,label,public,staff,unit,clerk,head,self,hr,payroll,crisis,audit,it,peer
*past_days,,0,*,*,*,*,*,*,*,0,0,0,0
*future_days,,0,*,*,*,*,*,*,*,0,0,0,0
name,氏名,,vs,vs,vs,vs,vs,vs,vs,vs,,,
former_name,以前の氏名,,s,s,s,s,vs,vs,,,,,
term_end,任期,,,,,v,v,v,,,,,
address,住所,,,,,,v,v,,,,,
contacts,電話,,,,,,v,vs,,e,,,
unit.secret,組織の秘密,,,,,,,v,,,,,
"""


def test_what_no_colleague_sees_is_sensitive() -> None:
    assert parse(TABLE).sensitive == {"former_name", "address", "contacts"}


def test_what_no_colleague_may_search_by_is_a_sensitive_key() -> None:
    assert parse(TABLE).sensitive_keys == {"contacts"}
