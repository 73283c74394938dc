# What a report is about, each with an example.

category-committee-only = These always go to the Audit Committee, whoever you choose above. Nobody else can read them unless the committee passes them on.
category-not-a-supervisor = Better not to choose a supervisor above: they may be part of it, or close to someone who is.

category-accounting = Accounting, controls or audits
category-accounting-example = For example: sales booked that never happened, or a check that is signed off but never done.
category-audit-obstruction = Misleading the auditors
category-audit-obstruction-example = For example: papers are hidden from the auditors, or people are told what to say to them.
category-disclosure = What investors and the public are told
category-disclosure-example = For example: a report to the SEC or a press release that is untrue or leaves out something important.
category-management-fraud = Fraud by managers
category-management-fraud-example = For example: a manager takes bribes, or changes figures to earn a bonus.
category-conflict-of-interest = Conflict of interest
category-conflict-of-interest-example = For example: a contract goes to a relative’s firm.
category-confidential-information = Misuse of confidential information
category-confidential-information-example = For example: someone trades shares on inside knowledge, or passes on customer data.
category-misuse-of-assets = Misuse of money or property
category-misuse-of-assets-example = For example: company money, tools or working time used for private ends.
category-legal = Breaking another law
category-legal-example = For example: laws on safety, the environment, competition or discrimination.
category-pressure = Pressure to act against your judgement
category-pressure-example = For example: you are told to sign something that you believe is wrong.
category-retaliation = Punishment for speaking up
category-retaliation-example = For example: a demotion, a threat or being left out after someone raised a concern.
category-other-policy = Breaking another company rule
category-other-policy-example = For example: the rules on gifts, travel or how people treat each other.
category-not-sure = Something else, or not sure
category-not-sure-example = The readers will sort it.
