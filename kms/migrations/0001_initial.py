# Made by makemigrations.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('definition', models.CharField(choices=[('any', 'One deed in either direction'), ('reciprocated', 'Deeds in both directions'), ('weighted', 'Every deed counts, reactions a tenth')], default='any', max_length=20)),
                ('level', models.CharField(choices=[('unit', 'By unit'), ('division', 'By division'), ('site', 'By site')], default='unit', max_length=20)),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('against_start', models.DateTimeField(blank=True, null=True)),
                ('against_end', models.DateTimeField(blank=True, null=True)),
                ('purpose', models.CharField(choices=[('gaps', 'To find groups that do not meet'), ('goal', 'To follow a business goal'), ('change', 'To see what a reorganisation changed'), ('risk', 'To find ties that hang on one person')], default='gaps', max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Being computed'), ('done', 'Done'), ('refused', 'Nothing to report'), ('failed', 'Failed')], default='waiting', max_length=20)),
                ('progress', models.PositiveSmallIntegerField(default=0)),
                ('refusal', models.CharField(blank=True, max_length=300)),
                ('report', models.JSONField(blank=True, null=True)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('finished', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SnapshotView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(default='page', max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='kms.snapshot')),
            ],
        ),
        migrations.CreateModel(
            name='Interaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('context_id', models.CharField(blank=True, max_length=200)),
                ('audience_size', models.PositiveIntegerField(null=True)),
                ('origin', models.CharField(blank=True, max_length=80)),
                ('row_key', models.UUIDField(editable=False, unique=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='interaction_at')],
            },
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='snapshot_window'),
        ),
        migrations.AddIndex(
            model_name='snapshotview',
            index=models.Index(fields=['snapshot', '-at'], name='look_by_report'),
        ),
    ]
