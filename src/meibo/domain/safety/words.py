"""What somebody may answer. Values are stored; the order is that of the page."""

from collections.abc import Mapping

SAFE, HURT, GRAVE, RESCUE = "safe", "hurt", "grave", "rescue"
STATUS: Mapping[str, str] = {SAFE: "無事", HURT: "軽傷", GRAVE: "重傷", RESCUE: "救助が必要"}
UNABLE = frozenset({GRAVE, RESCUE})
"""Who says so is not counted on, whatever they say about coming."""
NOW, LATER, NO = "now", "later", "no"
COMES: Mapping[str, str] = {NOW: "すぐ行ける", LATER: "あとで行ける", NO: "行けない"}
FAMILY: Mapping[str, str] = {
    "": "答えない",
    "safe": "全員無事",
    "hurt": "けが人がいる",
    "unknown": "わからない",
}
WHOLE, PART, LOST = "whole", "part", "lost"
HOME: Mapping[str, str] = {
    "": "答えない",
    WHOLE: "被害なし",
    PART: "一部こわれた（住める）",
    LOST: "住めない",
    "unknown": "わからない",
}
"""How their home is."""
DAMAGED: Mapping[str, str] = {LOST: "家に住めない", PART: "家が一部こわれた"}
"""What is counted of homes beside the people, in the words of a heading."""
HOURS: Mapping[str, int] = {"1": 1, "3": 3, "6": 6, "12": 12, "24": 24, "72": 72}
"""Within how many hours somebody will be there."""
WAYS: Mapping[str, str] = {
    "": "答えない",
    "walk": "歩き",
    "bike": "自転車",
    "car": "車",
    "train": "電車",
    "bus": "バス",
}
"""How somebody will come."""
PLACE, WORDS = 60, 200
"""Letters that fit where somebody is, and what they want to say."""
PHOTO_BYTES = 6 * 1024 * 1024
PHOTOS = 3
"""How large a picture may be, and how many somebody may send in one check."""
