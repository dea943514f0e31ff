"""What the Client Level Data return asks of each review: why, who took part, how far outcomes were reached, what followed."""

from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0016_clocks_of_notes_there_already'),
        ('reviews', '0015_changes_agreed_and_why_as_now'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalreview',
                name='return_achieved',
                field=models.CharField(blank=True, choices=[('fully', 'Fully achieved'), ('partly', 'Partially achieved'), ('not', 'Not achieved'), ('unknown', 'Unknown')], max_length=10),
            ),
            migrations.AddField(
                model_name='historicalreview',
                name='return_method',
                field=models.CharField(blank=True, choices=[('person', 'Service user only'), ('both', 'Service user and carer'), ('carer', 'Carer only')], max_length=10),
            ),
            migrations.AddField(
                model_name='historicalreview',
                name='return_outcome',
                field=models.CharField(blank=True, choices=[('reablement', 'Progress to reablement/ST-Max'), ('assessment', 'Progress to assessment, review or reassessment'), ('services', 'Progress to support planning or services'), ('continues', 'Continuation of support or services'), ('hospital', 'Admitted to hospital'), ('moved', 'NFA: Responsibility moved to another local authority'), ('nhs', 'NFA: Referral to NHS services or NHS funded social care'), ('self_funded', 'NFA: Self-funded client or under 12wk disregard'), ('advice', 'NFA: Information and advice or signposting'), ('referred', 'NFA: Referral to other service within the local authority'), ('declined', 'NFA: Support declined'), ('deceased', 'NFA: Deceased'), ('ended', 'NFA: Support ended as planned'), ('ended_other', 'NFA: Support ended for other reason'), ('no_services', 'NFA: No services offered for other reason'), ('other', 'NFA: Other')], max_length=15),
            ),
            migrations.AddField(
                model_name='historicalreview',
                name='return_reason',
                field=models.CharField(blank=True, choices=[('planned', 'Planned'), ('hospital', 'Unplanned - Hospital (Planned and unplanned episodes)'), ('carer', 'Unplanned - Carer related'), ('safeguarding', 'Unplanned - Safeguarding concern'), ('provider', 'Unplanned - Provider Failure'), ('commissioning', 'Unplanned - Change in Commissioning arrangements'), ('other', 'Unplanned - Other Reason'), ('short_term', 'Review of short term support')], max_length=15),
            ),
            migrations.AddField(
                model_name='review',
                name='return_achieved',
                field=models.CharField(blank=True, choices=[('fully', 'Fully achieved'), ('partly', 'Partially achieved'), ('not', 'Not achieved'), ('unknown', 'Unknown')], max_length=10),
            ),
            migrations.AddField(
                model_name='review',
                name='return_method',
                field=models.CharField(blank=True, choices=[('person', 'Service user only'), ('both', 'Service user and carer'), ('carer', 'Carer only')], max_length=10),
            ),
            migrations.AddField(
                model_name='review',
                name='return_outcome',
                field=models.CharField(blank=True, choices=[('reablement', 'Progress to reablement/ST-Max'), ('assessment', 'Progress to assessment, review or reassessment'), ('services', 'Progress to support planning or services'), ('continues', 'Continuation of support or services'), ('hospital', 'Admitted to hospital'), ('moved', 'NFA: Responsibility moved to another local authority'), ('nhs', 'NFA: Referral to NHS services or NHS funded social care'), ('self_funded', 'NFA: Self-funded client or under 12wk disregard'), ('advice', 'NFA: Information and advice or signposting'), ('referred', 'NFA: Referral to other service within the local authority'), ('declined', 'NFA: Support declined'), ('deceased', 'NFA: Deceased'), ('ended', 'NFA: Support ended as planned'), ('ended_other', 'NFA: Support ended for other reason'), ('no_services', 'NFA: No services offered for other reason'), ('other', 'NFA: Other')], max_length=15),
            ),
            migrations.AddField(
                model_name='review',
                name='return_reason',
                field=models.CharField(blank=True, choices=[('planned', 'Planned'), ('hospital', 'Unplanned - Hospital (Planned and unplanned episodes)'), ('carer', 'Unplanned - Carer related'), ('safeguarding', 'Unplanned - Safeguarding concern'), ('provider', 'Unplanned - Provider Failure'), ('commissioning', 'Unplanned - Change in Commissioning arrangements'), ('other', 'Unplanned - Other Reason'), ('short_term', 'Review of short term support')], max_length=15),
            ),
            migrations.AddConstraint(
                model_name='review',
                constraint=models.CheckConstraint(condition=models.Q(('return_achieved', ''), ('return_reason', 'planned'), _connector='OR'), name='reviews_return_achieved_of_planned_ones'),
            ),
        ]),
    ]
