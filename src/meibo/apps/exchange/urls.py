from django.urls import URLPattern, URLResolver, path

from meibo.apps.exchange.views import deliveries, proposals, reconciliations

app_name = "exchange"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ownership", proposals.owners, name="ownership"),
    path("proposals", proposals.proposals, name="proposals"),
    path("proposals/<int:number>", proposals.decide, name="proposal_decide"),
    path("own", proposals.own, name="own"),
    path("deliveries", deliveries.deliveries, name="deliveries"),
    path("deliveries/answer", deliveries.answer, name="answer"),
    path("deliveries/<int:number>", deliveries.delivery, name="delivery"),
    path("deliveries/<int:number>/file", deliveries.delivery_file, name="delivery_file"),
    path("deliveries/<int:number>/write", deliveries.delivery_write, name="delivery_write"),
    path("deliveries/<int:number>/accept", deliveries.delivery_accept, name="delivery_accept"),
    path("reconciliations", reconciliations.reconciliations, name="reconciliations"),
    path("reconciliations/<int:number>", reconciliations.reconciliation, name="reconciliation"),
    path(
        "reconciliations/<int:number>/list.csv",
        reconciliations.reconciliation_csv,
        name="reconciliation_csv",
    ),
    path(
        "reconciliations/<int:number>/list.xlsx",
        reconciliations.reconciliation_xlsx,
        name="reconciliation_xlsx",
    ),
    path("reconciliations/<int:number>/explain", reconciliations.explain, name="explain"),
]
