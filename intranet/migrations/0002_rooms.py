# Made by makemigrations.

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import intranet.content.public_ids
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intranet', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClauseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]{1,39}$', 'Use small Latin letters, digits or dashes.')])),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('text_en', models.TextField(blank=True)),
                ('title_he', models.CharField(blank=True, max_length=200)),
                ('text_he', models.TextField(blank=True)),
                ('place', models.PositiveIntegerField()),
                ('html_en', models.TextField(blank=True, editable=False)),
                ('html_he', models.TextField(blank=True, editable=False)),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='PolicyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=intranet.content.public_ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('decided', 'Decided')], default='open', max_length=10)),
                ('opened', models.DateTimeField(default=django.utils.timezone.now)),
                ('due', models.DateTimeField()),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases_claimed', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='intranet.post')),
            ],
            options={
                'ordering': ['due', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('no_action', 'No action'), ('lock', 'Lock'), ('hide', 'Hide'), ('ask_to_edit', 'Ask to edit')], max_length=12)),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='intranet.case')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='intranet.clauseversion')),
                ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('role', 'Speaks from their role'), ('interest', 'Has an interest in this'), ('on_behalf', 'On behalf of their unit'), ('ai_assisted', 'Written with AI help'), ('outside', 'From an outside source')], max_length=12)),
                ('text', models.CharField(blank=True, max_length=200)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='intranet.post')),
            ],
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='intranet.case')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='intranet.clauseversion')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('watching', 'Watching: told of every post'), ('following', 'Following: told of answers and of what is about you'), ('muted', 'Muted: told of nothing here')], default='following', max_length=10)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='intranet.post')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='intranet.space')),
                ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='intranet.tag')),
            ],
        ),
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('replies', 'New replies'), ('edits', 'Edits'), ('votes', 'Votes and reactions'), ('attachments', 'Attachments'), ('all', 'Replies, edits, votes and attachments')], default='all', max_length=12)),
                ('note', models.TextField(blank=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('snapshot', models.JSONField(default=dict, editable=False)),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='intranet.case')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='intranet.clauseversion')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locks_placed', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='intranet.post')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='locks_released', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='intranet.space')),
            ],
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=10)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='intranet.event')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-event_id'],
            },
        ),
        migrations.CreateModel(
            name='PolicyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('title_he', models.CharField(blank=True, max_length=200)),
                ('summary', models.TextField(blank=True)),
                ('summary_he', models.TextField(blank=True)),
                ('audience', models.CharField(choices=[('writers', 'Employees who write'), ('community', 'Community users'), ('managers', 'Managers'), ('guests', 'Guests'), ('everyone', 'Everyone')], default='everyone', max_length=12)),
                ('aim', models.CharField(choices=[('lower_risk', "Lower the organisation's risk"), ('protect', 'Protect the writer'), ('excel', 'Help the writer excel')], default='excel', max_length=12)),
                ('must_acknowledge', models.BooleanField(default=False, help_text='Asks each reader to say that they have read it.', verbose_name='readers acknowledge it')),
                ('review_date', models.DateField(blank=True, null=True)),
                ('what_changed', models.TextField(blank=True)),
                ('what_changed_he', models.TextField(blank=True)),
                ('post', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='policy_page', to='intranet.post')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('anchor', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]{1,39}$', 'Use small Latin letters, digits or dashes.')])),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('text_en', models.TextField(blank=True)),
                ('title_he', models.CharField(blank=True, max_length=200)),
                ('text_he', models.TextField(blank=True)),
                ('policy', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='intranet.policypage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('published', models.DateTimeField(default=django.utils.timezone.now)),
                ('what_changed', models.TextField(blank=True)),
                ('what_changed_he', models.TextField(blank=True)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='intranet.policypage')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='clauseversion',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='intranet.policyversion'),
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='intranet.policyversion')),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('question', 'Questions'), ('answer', 'Answers'), ('discussion', 'Discussions'), ('reply', 'Replies'), ('idea', 'Ideas'), ('announcement', 'Announcements'), ('article', 'Articles'), ('blog_post', 'Blog posts'), ('policy', 'Policies'), ('person', 'People'), ('community', 'Communities')], max_length=12)),
                ('title', models.CharField(blank=True, max_length=400)),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
                ('lang', models.CharField(blank=True, max_length=5)),
                ('settled', models.BooleanField(default=False)),
                ('updated', models.DateTimeField()),
                ('digest', models.CharField(blank=True, max_length=32)),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to=settings.AUTH_USER_MODEL)),
                ('post', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to='intranet.post')),
                ('space', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entry', to='intranet.space')),
            ],
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('post',), name='case_open_once_a_post'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.UniqueConstraint(fields=('post', 'kind'), name='disclosure_once'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(fields=('case', 'reporter'), name='flag_once'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('post__isnull', False)), fields=('person', 'post'), name='follow_post_once'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('space__isnull', False)), fields=('person', 'space'), name='follow_space_once'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('tag__isnull', False)), fields=('person', 'tag'), name='follow_tag_once'),
        ),
        migrations.AddConstraint(
            model_name='lock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post', None), ('space__isnull', False)), models.Q(('post__isnull', False), ('space', None)), _connector='OR'), name='lock_has_one_target'),
        ),
        migrations.AddConstraint(
            model_name='lock',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('post',), name='lock_once_a_post'),
        ),
        migrations.AddConstraint(
            model_name='lock',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('space',), name='lock_once_a_space'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['recipient'], name='notification_unseen'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('recipient', 'event'), name='notified_once'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('policy', 'anchor'), name='clause_anchor_once'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(fields=('policy', 'number'), name='policy_version_once'),
        ),
        migrations.AddConstraint(
            model_name='clauseversion',
            constraint=models.UniqueConstraint(fields=('version', 'anchor'), name='clause_version_once'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('person', 'version'), name='acknowledged_once'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='search_vector'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['-updated'], name='search_updated'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('post__isnull', False), ('space', None)), models.Q(('person__isnull', False), ('post', None), ('space', None)), models.Q(('person', None), ('post', None), ('space__isnull', False)), _connector='OR'), name='search_entry_is_of_one_thing'),
        ),
    ]
