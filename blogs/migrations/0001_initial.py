# Made by makemigrations.

import django.db.models.deletion
import intranet.content.public_ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('intranet', '0002_rooms'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BlogIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='BlogPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('owner_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blogs', to=settings.AUTH_USER_MODEL)),
                ('space', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='blog_page', to='intranet.space')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blogs', to='intranet.orgunit')),
            ],
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='BlogPostPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('key', models.CharField(default=intranet.content.public_ids.new_public_id, editable=False, max_length=16, unique=True)),
                ('source', models.TextField(blank=True)),
                ('tag_names', models.CharField(blank=True, max_length=400)),
                ('disclosure_kinds', models.CharField(blank=True, max_length=80)),
                ('comments_open', models.BooleanField(default=True)),
                ('draft_version', models.PositiveIntegerField(default=0, editable=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blog_post_pages', to=settings.AUTH_USER_MODEL)),
                ('blog', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='blogs.blogpage')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intranet.orgunit')),
                ('post', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blog_post_page', to='intranet.post')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddConstraint(
            model_name='blogpage',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('owner_person',), name='blog_personal_once'),
        ),
    ]
