"""What is known of names and their readings, ready for asking."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from meibo.domain.names.kana import kana
from meibo.domain.names.keys import SAME_SOUND, reading_key
from meibo.domain.names.letters import Sounds, folded_letters, learn_sounds

#: Genuine readings that neither the table of surnames nor the sounds of the letters give
#: (熟字訓 and the like): right all the same, and never to be called wrong.
_FURTHER = """
狩野 カノウ カノ カリノ カリヤ|東海林 ショウジ トウカイリン|服部 ハットリ ハトリ
長谷 ハセ ナガタニ ナガヤ|日下 クサカ ヒノシタ|日下部 クサカベ|五十嵐 イガラシ イカラシ
羽生 ハニュウ ハブ ハネオ ニワ|羽鳥 ハトリ ハドリ トバ|鳥羽 トバ トリバ ハトリ|土師 ハジ ハシ
春日 カスガ ハルヒ|土方 ヒジカタ ツチカタ|土生 ハブ ツチウ|相良 サガラ アイラ
相原 アイハラ サガハラ|河西 カサイ カワニシ|川西 カワニシ カサイ|葛西 カサイ カッサイ クズニシ
香西 コウザイ カサイ|安芸 アキ ヤスゲイ|伊達 ダテ イダテ|案田 アンダ|安達 アダチ アンダツ
足立 アダチ アシダテ|足達 アダチ|秋葉 アキバ アキハ|飯富 イイトミ オブ|飯生 イイオ メシオ
五十川 イソガワ イカガワ|五百蔵 イオロイ|一口 イモアライ ヒトクチ|一色 イッシキ|稲熊 イナグマ
今給黎 イマキイレ|入谷 イリヤ イリタニ|上神 ニワ カミガミ|鶏冠井 カイデ|小鳥遊 タカナシ
小比類巻 コヒルイマキ|小田切 オダギリ コタギリ|小豆畑 アズハタ|神戸 カンベ コウベ ゴウド
神代 クマシロ コウジロ|神服 ハットリ カムフク|神原 カンバラ カミハラ|神田 カンダ コウダ
神山 カミヤマ コウヤマ|神尾 カミオ カンノオ|喜屋武 キャン|金城 キンジョウ カネシロ カナグスク
玉城 タマキ タマシロ タマグスク|宮城 ミヤギ ミヤシロ|山城 ヤマシロ ヤマグスク|平良 タイラ ヒララ
東江 アガリエ トウエ|安里 アサト|西表 イリオモテ|城間 シロマ グスクマ|大城 オオシロ オオグスク
新城 シンジョウ アラシロ アラグスク|新谷 シンタニ シンヤ アラヤ アラタニ ニイヤ
新家 シンケ ニイノミ アラヤ|新妻 ニイヅマ|日向 ヒナタ ヒュウガ|日野 ヒノ|日吉 ヒヨシ|常盤 トキワ
百々 ドド モモ ササ|八田 ハッタ ハツタ ヤツダ|堀田 ホッタ ホツタ|百済 クダラ|薬袋 ミナイ
月見里 ヤマナシ ツキミサト|四月一日 ワタヌキ|八月一日 ホズミ|栗花落 ツユリ
勅使河原 テシガワラ テシガハラ|長曽我部 チョウソカベ|長宗我部 チョウソカベ|村主 スグリ ムラヌシ
忌部 インベ|物部 モノノベ|刑部 オサカベ ギョウブ|各務 カガミ カクム|海部 カイフ アマベ|海士 アマ
海老原 エビハラ|海老名 エビナ|犬養 イヌカイ|掃部 カモン|主税 チカラ|和泉 イズミ ワイズミ|和田 ワダ
和気 ワケ|和久 ワク|渡部 ワタナベ ワタベ ワタリベ|渡会 ワタライ|度会 ワタライ|弓削 ユゲ
木綿 キワタ ユウ|猿渡 サルワタリ サワタリ エンド|後藤 ゴトウ|五島 ゴトウ ゴシマ|五所 ゴショ
万里小路 マデノコウジ|東 アズマ ヒガシ トウ|秦 ハタ ハタノ シン|神 ジン カミ コウ|迫 サコ セリ
"""


@dataclass(frozen=True, slots=True)
class ReadingTables:
    """Names with the keys of their readings (`reading_key`), and the sounds of single letters.

    surnames, given: folded writing → keys. `surname_keys` and `given_keys` count how many
    writings share a key. `sounds`: letter → every sound met in at least one of 1,000 names with
    the letter; `usual`: three times and in four of 1,000.
    """

    surnames: Mapping[str, frozenset[str]]
    given: Mapping[str, frozenset[str]]
    surname_keys: Mapping[str, int]
    given_keys: Mapping[str, int]
    sounds: Mapping[str, frozenset[str]]
    usual: Mapping[str, frozenset[str]]


def reading_tables(
    surnames: Iterable[tuple[str, str]], given: Iterable[tuple[str, str]]
) -> ReadingTables:
    """Tables from (writing, reading) pairs; any kana will do. Takes about 2 s: make them once.

    With the package japanese-personal-name-dataset, from its `load_dataset(include_last_names=
    True)`: surnames are `(writing, row["reading"])` of the third, given names `(writing, reading)`
    for every writing in `row["kanji"]` of the first two.
    """
    sur = {(folded_letters(writing), kana(reading).value) for writing, reading in surnames}
    sur |= set(_further())
    giv = {(folded_letters(writing), kana(reading).value) for writing, reading in given}
    same = ((writing, sound.translate(SAME_SOUND)) for writing, sound in chain(sur, giv))
    sounds = learn_sounds(sorted(same))
    return ReadingTables(
        surnames=_by_writing(sur),
        given=_by_writing(giv),
        surname_keys=Counter(reading_key(reading) for _, reading in sur),
        given_keys=Counter(reading_key(reading) for _, reading in giv),
        sounds=_met(sounds, 1, 0.001),
        usual=_met(sounds, 3, 0.004),
    )


def _further() -> Iterable[tuple[str, str]]:
    for row in _FURTHER.replace("\n", "|").split("|"):
        writing, *readings = row.split() or [""]
        yield from ((folded_letters(writing), reading) for reading in readings)


def _by_writing(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for writing, reading in names:
        found[writing].add(reading_key(reading))
    return {writing: frozenset(keys) for writing, keys in found.items()}


def _met(sounds: Sounds, times: int, share: float) -> dict[str, frozenset[str]]:
    """The sounds of each letter that were met so often, and in such a share of its names."""
    often = {}
    for letter, met in sounds.items():
        least = max(times, share * sum(met.values()))
        often[letter] = frozenset(sound for sound, count in met.items() if count >= least)
    return often
