import django.db.models.deletion
import django.utils.timezone
import intranet.content.public_ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intranet", "0008_attachments"), migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=intranet.content.public_ids.new_public_id,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for another moderator"),
                            ("upheld", "The decision stands"),
                            ("overturned", "The decision was overturned"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["due", "id"],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("solved", models.BooleanField()),
                ("days", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=40)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("due", models.DateTimeField()),
            ],
            options={
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LookFirst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Penalty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Warning"),
                            ("silence", "Silence in one place"),
                            ("suspension", "Suspension everywhere"),
                        ],
                        max_length=12,
                    ),
                ),
                ("hours", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("original", models.JSONField(editable=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("look_first", models.BooleanField(default=False)),
                ("slow_seconds", models.PositiveIntegerField(default=0)),
                ("close_after_days", models.PositiveIntegerField(default=0)),
                ("close_solved_after_days", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Unlisted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_open_once_a_post",
        ),
        migrations.RemoveConstraint(
            model_name="lock",
            name="lock_has_one_target",
        ),
        migrations.RemoveConstraint(
            model_name="lock",
            name="lock_once_a_space",
        ),
        migrations.AddField(
            model_name="case",
            name="asked_revision",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="auto_hidden_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="escalated_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="effect",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="overturned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="snapshot",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="flag",
            name="rule",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="flag",
            name="source",
            field=models.CharField(
                choices=[
                    ("flag", "Flag"),
                    ("request", "Request of the community's owner"),
                    ("rule", "Rule"),
                    ("moderator", "Moderator"),
                ],
                default="flag",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="upheld",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="flag",
            name="weight",
            field=models.FloatField(default=1.0),
        ),
        migrations.AddField(
            model_name="lock",
            name="condition",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Until a moderator opens it"),
                    ("case_decided", "Until the case is decided"),
                    ("acknowledged", "Until the author has acknowledged the policy"),
                    ("edit_accepted", "Until an edit by the author is accepted"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="lock",
            name="page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.WAGTAIL_PAGE_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lock",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="locks_on_me",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lock",
            name="reach",
            field=models.CharField(
                choices=[("branch", "This post and everything below it"), ("post", "This post alone")],
                default="branch",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="lock",
            name="rule",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("awaiting", "Waiting for the author's edit"),
                    ("decided", "Decided"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("no_action", "No action"),
                    ("ask_to_edit", "Ask to edit"),
                    ("accepted", "Edit accepted"),
                    ("lock", "Lock"),
                    ("hide", "Hide"),
                    ("unlist", "Take off the lists"),
                    ("redact", "Take words out"),
                    ("move", "Move"),
                    ("warn", "Warn"),
                    ("silence", "Silence here"),
                    ("suspend", "Suspend everywhere"),
                    ("escalate", "Escalate"),
                    ("refuse", "Do not publish"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="flag",
            name="reporter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flags",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["clause", "-at"], name="decision_clause_at"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "awaiting"))),
                fields=("post",),
                name="case_live_once_a_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rule", ""), _negated=True),
                fields=("case", "rule"),
                name="flag_once_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reporter__isnull", False), ("rule", "")),
                    models.Q(("reporter", None), models.Q(("rule", ""), _negated=True)),
                    _connector="OR",
                ),
                name="flag_from_person_or_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="lock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("page", None), ("post", None), ("space__isnull", False)),
                    models.Q(("page", None), ("person", None), ("post__isnull", False), ("space", None)),
                    models.Q(("page__isnull", False), ("person", None), ("post", None), ("space", None)),
                    _connector="OR",
                ),
                name="lock_has_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="lock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None), ("released_at", None)),
                fields=("space",),
                name="lock_once_a_space",
            ),
        ),
        migrations.AddConstraint(
            model_name="lock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False), ("released_at", None)),
                fields=("space", "person"),
                name="lock_once_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="lock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at", None)), fields=("page",), name="lock_once_a_page"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="appellant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="intranet.decision",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="lock",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="intranet.lock",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="space",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="intranet.space"
            ),
        ),
        migrations.AddField(
            model_name="casenote",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case_notes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="casenote",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="intranet.case"
            ),
        ),
        migrations.AddField(
            model_name="closure",
            name="post",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="closure", to="intranet.post"
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="post",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="held_back", to="intranet.post"
            ),
        ),
        migrations.AddField(
            model_name="lookfirst",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="lookfirst",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="lookfirst",
            name="space",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="look_first_people",
                to="intranet.space",
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="penalty", to="intranet.decision"
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="lock",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="penalty",
                to="intranet.lock",
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="penalties",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="space",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="penalties", to="intranet.space"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="intranet.case"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="redaction",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="intranet.decision"
            ),
        ),
        migrations.AddField(
            model_name="redaction",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="intranet.post"
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="space",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="intranet.space"
            ),
        ),
        migrations.AddField(
            model_name="unlisted",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unlisted",
            name="post",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="unlisted", to="intranet.post"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__isnull", False), ("lock", None)),
                    models.Q(("decision", None), ("lock__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_has_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookfirst",
            constraint=models.UniqueConstraint(fields=("space", "person"), name="look_first_once"),
        ),
        migrations.AddIndex(
            model_name="penalty",
            index=models.Index(fields=["person", "-at"], name="penalty_person_at"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("case", "person"), name="recused_once"),
        ),
    ]
