"""A referral that asked for advice only ends with the options that were advised; older ones say that nobody wrote them down."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0018_needs_there_already_take_up_the_clock'),
        ('placements', '0015_fee_lines'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE placements_referral SET closed_words = 'Not written down when it was closed.' "
            "WHERE closed_reason = 'advice_only' AND closed_words = ''",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_reason', 'advice_only'), _negated=True), models.Q(('closed_words', ''), _negated=True), _connector='OR'), name='placements_advice_says_which_options'),
        ),
    ]
