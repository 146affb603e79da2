# Made by makemigrations.

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
            name='Question',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('intranet.post',),
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.TextField(blank=True)),
                ('goal', models.TextField(blank=True)),
                ('success_signs', models.TextField(blank=True)),
                ('hours_a_week', models.PositiveSmallIntegerField(default=2)),
                ('answer_within_hours', models.PositiveSmallIntegerField(default=24)),
                ('review_date', models.DateField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to=settings.AUTH_USER_MODEL)),
                ('space', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='charter', to='intranet.space')),
            ],
        ),
        migrations.CreateModel(
            name='QuestionDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('unanswered', 'Unanswered'), ('answered', 'Answered, not accepted'), ('solved', 'Solved')], default='unanswered', max_length=12)),
                ('due', models.DateTimeField(db_index=True)),
                ('first_answer', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepted_for', to='intranet.post')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='question_detail', to='intranet.post')),
            ],
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('post', 'Post'), ('comment', 'Comment')], max_length=8)),
                ('external_id', models.CharField(max_length=100)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to='intranet.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'external_id'), name='imported_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('person__isnull', False), ('post', None)), models.Q(models.Q(('kind', 'person'), _negated=True), ('person', None), ('post__isnull', False)), _connector='OR'), name='imported_row_has_its_target')],
            },
        ),
    ]
