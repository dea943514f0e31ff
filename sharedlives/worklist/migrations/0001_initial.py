import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='JobRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job', models.CharField(max_length=60)),
                    ('as_of', models.DateField()),
                    ('started_at', models.DateTimeField(auto_now_add=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('complete', models.BooleanField(default=False)),
                    ('done', models.JSONField(default=dict)),
                    ('fault', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'ordering': ['-started_at'],
                    'indexes': [models.Index(condition=models.Q(('complete', True)), fields=['job', '-ended_at'], name='worklist_job_last')],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deadline', models.CharField(max_length=80)),
                    ('object_id', models.UUIDField()),
                    ('due_on', models.DateField()),
                    ('stage', models.CharField(max_length=40)),
                    ('stage_on', models.DateField()),
                    ('state', models.CharField(choices=[('sent', 'Told'), ('skipped', 'Skipped')], max_length=10)),
                    ('why_skipped', models.CharField(blank=True, max_length=120)),
                    ('written_on', models.DateField()),
                    ('written_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['-written_at'],
                    'constraints': [models.UniqueConstraint(fields=('deadline', 'object_id', 'due_on', 'stage'), name='worklist_reminder_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), ('why_skipped', '')), models.Q(('state', 'skipped'), models.Q(('why_skipped', ''), _negated=True)), _connector='OR'), name='worklist_reminder_skipped_with_reason')],
                },
            ),
            migrations.CreateModel(
                name='ReminderCopy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stands_in_for', models.CharField(blank=True, help_text='Why this one: cover, manager.', max_length=40)),
                    ('seen_at', models.DateTimeField(blank=True, null=True)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='worklist.reminder')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('reminder', 'recipient'), name='worklist_copy_once')],
                },
            ),
            migrations.CreateModel(
                name='Mail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('template', models.CharField(max_length=60)),
                    ('path', models.CharField(help_text='The page that the mail links to.', max_length=300)),
                    ('reference', models.CharField(blank=True, max_length=40)),
                    ('message_id', models.CharField(max_length=120, unique=True)),
                    ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('parked', 'Could not be sent')], default='queued', max_length=10)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('claimed_until', models.DateTimeField(blank=True, null=True)),
                    ('not_before', models.DateTimeField(blank=True, null=True)),
                    ('queued_at', models.DateTimeField(auto_now_add=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=200)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('copy', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mail', to='worklist.remindercopy')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['id'], name='worklist_mail_unsent')],
                },
            ),
        ]),
    ]
