# Made by makemigrations.

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import intranet.content.public_ids
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('txid', models.BigIntegerField(default=0)),
                ('event', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_he', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9._-]{1,39}$', 'Use 2 to 40 small Latin letters, digits, dots or dashes.')])),
                ('username_skeleton', models.CharField(editable=False, max_length=80, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('name', models.CharField(max_length=120)),
                ('name_he', models.CharField(blank=True, max_length=120)),
                ('name_key', models.CharField(db_index=True, editable=False, max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('location', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(default='en', max_length=5)),
                ('directory_id', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('employee', 'Employee'), ('moderator', 'Moderator'), ('km', 'Knowledge manager'), ('policy_owner', 'Policy owner'), ('admin', 'Administrator'), ('guest', 'Guest')], max_length=20), blank=True, default=list)),
                ('attribution', models.CharField(blank=True, max_length=200)),
                ('attribution_url', models.URLField(blank=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('suspended_until', models.DateTimeField(blank=True, null=True)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL)),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'ordering': ['name_key', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revoked', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('moderator', 'Moderator'), ('expert', 'Expert'), ('member', 'Member'), ('guest', 'Guest')], default='member', max_length=10)),
                ('joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OrgUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('name_he', models.CharField(blank=True, max_length=120)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('colour', models.PositiveSmallIntegerField(default=7, help_text='One of the eight categorical colours.')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='intranet.orgunit')),
            ],
            options={
                'ordering': ['path'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='intranet.orgunit'),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=intranet.content.public_ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('question', 'Question'), ('discussion', 'Discussion'), ('idea', 'Idea'), ('announcement', 'Announcement'), ('blog_post', 'Blog post'), ('article', 'Article'), ('policy', 'Policy'), ('answer', 'Answer'), ('reply', 'Reply'), ('comment', 'Comment')], max_length=12)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('held', 'Waiting for a moderator'), ('published', 'Published'), ('hidden', 'Hidden'), ('deleted', 'Deleted')], default='published', max_length=10)),
                ('number', models.PositiveIntegerField(default=0, help_text='Place in the thread; the thread itself is 0.')),
                ('title', models.CharField(blank=True, max_length=200)),
                ('source', models.TextField(blank=True)),
                ('html', models.TextField(blank=True, editable=False)),
                ('text', models.TextField(blank=True, editable=False)),
                ('lang', models.CharField(blank=True, max_length=5)),
                ('renderer', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('client_token', models.CharField(blank=True, editable=False, max_length=64, null=True)),
                ('client_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited', models.DateTimeField(blank=True, null=True)),
                ('last_activity', models.DateTimeField(default=django.utils.timezone.now)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('score', models.IntegerField(default=0, editable=False)),
                ('imported_score', models.IntegerField(default=0, editable=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='intranet.post')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thread_posts', to='intranet.post')),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vote', 'Vote'), ('thanks', 'Thanks'), ('helped', 'This solved it for me too')], default='vote', max_length=8)),
                ('value', models.SmallIntegerField(default=1)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='intranet.post')),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('source', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='intranet.post')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]{1,58}$', 'Use 2 to 59 small Latin letters, digits or dashes.')])),
                ('kind', models.CharField(choices=[('community', 'Community'), ('blog', 'Blog'), ('policies', 'Policies')], default='community', max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('name_he', models.CharField(blank=True, max_length=120)),
                ('purpose', models.TextField(blank=True)),
                ('language', models.CharField(default='en', max_length=5)),
                ('visibility', models.CharField(choices=[('open', 'Open'), ('request', 'By request'), ('secret', 'Secret')], default='open', max_length=8)),
                ('joining', models.CharField(choices=[('open', 'Anyone may join'), ('request', 'Ask to join'), ('invite', 'By invitation')], default='open', max_length=8)),
                ('posting', models.CharField(choices=[('members', 'Members'), ('everyone', 'Everyone who sees it'), ('managers', 'Owners and managers only')], default='members', max_length=10)),
                ('colour', models.PositiveSmallIntegerField(default=1)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('members', models.ManyToManyField(related_name='spaces', through='intranet.Membership', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='post',
            name='space',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='intranet.space'),
        ),
        migrations.AddField(
            model_name='membership',
            name='space',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='intranet.space'),
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verb', models.CharField(max_length=40)),
                ('data', models.JSONField(default=dict)),
                ('txid', models.BigIntegerField(db_default=models.Func(output_field=models.BigIntegerField(), template='(pg_current_xact_id()::text::bigint)'), editable=False)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deeds_about', to=settings.AUTH_USER_MODEL)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='intranet.post')),
                ('space', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='intranet.space')),
            ],
        ),
        migrations.CreateModel(
            name='PostTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='post_tags', to='intranet.post')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_tags', to='intranet.tag')),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='tags',
            field=models.ManyToManyField(related_name='posts', through='intranet.PostTag', to='intranet.tag'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('body', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='draft_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='people_email_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(fields=('post', 'person', 'kind'), name='reaction_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.CheckConstraint(condition=models.Q(('value__in', (-1, 1))), name='reaction_is_one'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('post', 'number'), name='revision_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('space', 'person'), name='membership_once'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['txid', 'id'], name='event_reading_order'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['verb', '-at'], name='event_verb_at'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['post', 'verb'], name='event_post_verb'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor', '-at'], name='event_actor_at'),
        ),
        migrations.AddConstraint(
            model_name='posttag',
            constraint=models.UniqueConstraint(fields=('post', 'tag'), name='post_tag_once'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('root', None)), fields=['space', '-last_activity'], name='post_thread_activity'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['kind', '-created'], name='post_kind_created'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['author', '-created'], name='post_author_created'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('author', 'client_token'), name='post_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('root', 'number'), name='post_number_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 0), ('root', None)), models.Q(('number__gt', 0), ('root__isnull', False)), _connector='OR'), name='post_number_fits_root'),
        ),
    ]
