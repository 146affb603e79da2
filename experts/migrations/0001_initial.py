# Made by makemigrations.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('intranet', '0002_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.TextField(blank=True, max_length=2000, verbose_name='About me')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('he', 'Hebrew'), ('en', 'English'), ('ar', 'Arabic'), ('ru', 'Russian'), ('pl', 'Polish'), ('fr', 'French'), ('es', 'Spanish'), ('de', 'German')], max_length=2), blank=True, default=list)),
                ('weekly_cap', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='Questions a week, at most')),
                ('prefers_other_units', models.BooleanField(default=True, verbose_name='Prefer questions from other units')),
                ('paused', models.BooleanField(default=False, verbose_name='Pause until I switch it back')),
                ('away_until', models.DateField(blank=True, null=True, verbose_name='Away until')),
                ('ask_about', models.ManyToManyField(blank=True, related_name='profiles_asked', to='intranet.tag')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='covers_for', to=settings.AUTH_USER_MODEL, verbose_name='Who covers meanwhile')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to=settings.AUTH_USER_MODEL)),
                ('wants_to_learn', models.ManyToManyField(blank=True, related_name='profiles_learning', to='intranet.tag')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'Accepted answer'), ('voted', 'Upvoted'), ('helped', 'Marked as helpful'), ('endorsed', 'Endorsement'), ('document', 'Article or post')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('amount', models.IntegerField(default=1)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('contested_at', models.DateTimeField(blank=True, null=True)),
                ('contest_note', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence_given', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='intranet.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='intranet.post')),
                ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='intranet.tag')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='evidence_words'), models.Index(fields=['person', '-at'], name='evidence_person_at')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'post', 'tag', 'by'), name='evidence_once', nulls_distinct=False)],
            },
        ),
    ]
