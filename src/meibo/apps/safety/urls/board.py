"""Addresses of the board, the desk, the forecast, and of one's own 安否."""

from django.urls import URLPattern, path

from meibo.apps.safety.views import board, desk, mine, muster, organising, people, staffing

BOARD: list[URLPattern] = [
    path("checks/<int:number>", board.board_page, name="board"),
    path("checks/<int:number>/people", people.people, name="board_people"),
    path("checks/<int:number>/desk", desk.desk, name="desk"),
    path("checks/<int:number>/bulletins", desk.bulletins, name="bulletins"),
    path("checks/<int:number>/bulletins/<int:bulletin>", desk.unread, name="unread"),
    path("checks/<int:number>/muster", muster.of_check, name="muster"),
    path("checks/<int:number>/staffing", staffing.staffing, name="staffing"),
    path("muster", muster.simulate, name="simulate"),
    path("levels", muster.levels, name="levels"),
    path("organisation", organising.plans, name="plans"),
    path("organisation/<int:number>", organising.plan_page, name="plan"),
    path("mine", mine.mine, name="mine"),
    path("mine/people", mine.own_people, name="own_people"),
    path("bulletins/<int:bulletin>/read", mine.read, name="read"),
]
