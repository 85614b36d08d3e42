"""Our own apps, and what they hang on one another by name."""

OURS = [
    # Before allauth: their templates replace its own.
    "meibo.platform.layout",
    "meibo.platform.accounts",
    "meibo.platform.audit",
    "meibo.platform.grants",
    "meibo.platform.entry",
    "meibo.platform.retention",
    "meibo.platform.privacy",
    "meibo.platform.policy",
    "meibo.platform.purpose",
    "meibo.platform.emergency",
    "meibo.platform.jobs",
    "meibo.platform.once",
    "meibo.platform.proposals",
    "meibo.platform.telegrams",
    "meibo.apps.safety",
    "meibo.ledger",
    "meibo.apps.directory",
    "meibo.apps.personnel",
    "meibo.apps.exchange",
    "meibo.apps.papers",
    "meibo.apps.oversight",
    "meibo.apps.access",
]
#: What an app keeps of a person besides the books, removed with them (platform.retention).
MEIBO_FORGETTERS = [
    "meibo.apps.directory.actions.sets.forget",
    "meibo.apps.personnel.actions.forgetting.forget",
    "meibo.apps.papers.actions.certificates.forget",
    "meibo.apps.papers.actions.own.forget",
    "meibo.platform.privacy.actions.forget",
    "meibo.apps.exchange.actions.forgetting.forget",
    "meibo.platform.proposals.actions.forget",
    "meibo.apps.safety.actions.forgetting.forget",
]
#: What apps add to the demo ward, once its people are there: (sign-in name → person, now=).
MEIBO_DEMO_SCENES = [
    "meibo.apps.personnel.actions.filings.scenes.show",
    "meibo.apps.personnel.actions.deciding.scenes.show",
    "meibo.apps.personnel.actions.renewal_scenes.show",
    "meibo.platform.telegrams.demo.show",
    "meibo.apps.safety.actions.demo.show",
    "meibo.apps.safety.actions.drill_scene.show",
]
