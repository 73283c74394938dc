# The report form and the question form.

report-title-concern = Report a concern
report-title-question = Ask for guidance
report-lead-concern = Only one question must be answered: what happened. Nothing is sent until you press “Send report” at the end.
report-lead-question = Only your question itself is needed. Nothing is sent until you press “Send question” at the end.
report-connection = What you write is sealed when it arrives here. On the way, someone who watches this network or this device, such as your employer’s web filter, could read it. Safer: your own phone, another network, or Tor Browser.
report-connection-more = More about safer ways (opens a new tab)

report-concerns = Is it about any of these people?
report-concerns-hint = Tick everyone it is about or who may be part of it. They will not be told and cannot read it.

report-chosen = Who should be told?
report-chosen-hint = The Audit Committee can read every report, whoever you choose here. Only those you ticked above are left out.
report-chosen-committee-decides = Let the Audit Committee decide
report-chosen-committee-decides-hint = If you are unsure, leave it like this.
report-chosen-committee-hint = Oversees the company for the Board, and does not answer to its managers.
report-chosen-reader-hint = Will be told and can read it, together with the Audit Committee.
report-chosen-told-hint = Will be told that there is a report, and reads what the Audit Committee passes on.
report-chosen-supervisor-warning = In a small team, your supervisor may guess who wrote.

report-category = What is it about?
report-category-hint = Choose what fits best. A wrong choice does no harm.

report-narrative-concern = What happened?
report-narrative-question = What is your question?
report-narrative-concern-hint = Begin wherever you like and use your own words. You do not need proof.
report-narrative-question-hint = Describe the situation and what you would like to know.
report-narrative-limit = There is room for 100,000 characters, about 40 pages.
report-narrative-tip = To stay anonymous, do not write your name, your job or your team. Leave out what only you could know, or say it more generally.

report-details = A few more questions
report-details-hint = These help to look into it. Skip any that you cannot answer, or that could point to you.
report-when = When did it happen?
report-when-hint = A day, a month, or “every Friday since spring”. Roughly is enough.
report-where = Where did it happen?
report-where-hint = A site, a department, a meeting, a computer system.
report-who-else-knows = Who else knows about it?
report-who-else-knows-hint = People who saw it, took part in it or were told.
report-how-you-know = How do you know?
report-how-you-know-hint = For example: you saw it, someone told you, you came across a document. Leave this empty if the answer would point to you.
report-how-many-know = How many people know this?
report-how-many-know-hint = If only a few know, the readers must be careful whom they ask, so that nobody guesses it was you.

report-identity = Do you want to give your name?
report-identity-anonymous = No, stay anonymous
report-identity-anonymous-hint = You can still read replies and answer them, with the 12 words you will get.
report-identity-confidential = Yes, in confidence
report-identity-confidential-hint = Only the readers of your report can see your name. They can ask you directly.
report-name-and-contact = If you give your name, fill in one of these or both.
report-name = Your name
report-name-hint = As the readers should address you.
report-contact = How can the readers reach you?
report-contact-hint = A private phone number or e-mail address, not one from work. You can add when it is safe to call.

report-send-concern = Send report
report-send-question = Send question
report-send-heading = Before you send
report-send-sealed = It is sealed when it arrives, so that only its readers can open it. It cannot be taken back, but you can add to it later.
report-send-words = On the next page you get 12 words. They are the only way to read replies. Have a pen and paper ready.
report-send-copy = You will not be able to read your text here again. If you want a copy, make one now and keep it safe.

# Never seen: the name of the button that the Enter key presses in a one-line field, so that nothing is sent too early.
report-unfinished = Go on writing
