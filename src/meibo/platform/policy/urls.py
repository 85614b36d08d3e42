from django.urls import URLPattern, URLResolver, path

from meibo.platform.policy.views import adding, deciding, drafting, looking_back

app_name = "policy"

urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts", drafting.draft_list, name="drafts"),
    path("drafts/new", drafting.begin, name="begin"),
    path("drafts/<int:number>", deciding.draft, name="draft"),
    path("drafts/<int:number>/edit", drafting.edit, name="edit"),
    path("drafts/<int:number>/fields", adding.fields, name="fields"),
    path("drafts/<int:number>/decide", deciding.decide, name="decide"),
    path("versions", looking_back.versions, name="versions"),
    path("versions/<int:number>/withdraw", looking_back.withdraw, name="withdraw"),
]
