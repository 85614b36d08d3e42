"""What the answer face knows of the house: how links are signed, and how to close a box. With this
alone it can take answers, and read none."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """`link`: the secret of the links; `master` and `public`: the box; `family`: asked or not;
    `phone`: whom to ring who needs help, if the town has a number for that."""

    link: bytes
    master: str
    public: bytes
    family: bool
    phone: str = ""

    def written(self) -> str:
        """As text, to be handed to the process."""
        return json.dumps(
            {
                "link": base64.b64encode(self.link).decode(),
                "master": self.master,
                "public": base64.b64encode(self.public).decode(),
                "family": self.family,
                "phone": self.phone,
            }
        )

    @classmethod
    def read(cls, text: str) -> Card:
        """What was written. Raises ValueError or KeyError for anything else."""
        kept = json.loads(text)
        link, public = (base64.b64decode(kept[name], validate=True) for name in ("link", "public"))
        return cls(
            link, str(kept["master"]), public, bool(kept["family"]), str(kept.get("phone", ""))
        )
