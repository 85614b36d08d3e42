from django.urls import URLPattern, URLResolver, path

from meibo.apps.personnel.views import renewal, renewal_answers

urlpatterns: list[URLPattern | URLResolver] = [
    path("renewal", renewal.rounds, name="renewals"),
    path("renewal/section", renewal_answers.renewal_section, name="renewal_section"),
    path("renewal/mine", renewal_answers.renewal_mine, name="renewal_mine"),
    path("renewal/mine/<int:item>", renewal_answers.renewal_answer, name="renewal_answer"),
    path("renewal/items/<int:item>", renewal.renewal_item, name="renewal_item"),
    path("renewal/<int:number>", renewal.renewal, name="renewal"),
    path("renewal/<int:number>/decide", renewal.renewal_decide, name="renewal_decide"),
    path("renewal/<int:number>/say", renewal_answers.renewal_say, name="renewal_say"),
    path("renewal/<int:number>/<str:step>", renewal.renewal_step, name="renewal_step"),
]
