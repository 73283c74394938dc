# The start page.

start-title = If something is wrong, you can say so here
start-lead = You do not have to give your name. Take your time: nothing is sent until you press the button at the end.

start-report = Report a concern
start-report-text = Something at work seems wrong: money, records, safety, pressure, the way someone behaves.
start-ask = Ask for guidance
start-ask-text = You are not sure what is right and want advice before you act.
start-check = Check on a report
start-check-text = You were given 12 words. See what happened, read replies, add something.

recorded-title = What is recorded and what is not
recorded-not = Not recorded
recorded-not-name = Your name, unless you give it
recorded-not-address = The address of your computer or phone
recorded-not-hour = The hour at which you wrote: only the day is kept
recorded-not-cookies = Cookies: there are none, and nothing follows you
recorded-yes = Recorded
recorded-yes-text = What you write, sealed so that only its readers can open it
recorded-yes-day = The day on which you wrote it
recorded-yes-handling = What is done about it, day by day

readers-title = Who reads your report
readers-committee = The Audit Committee of { $organisation } reads every report. You can also choose someone else to be told. Anyone you say the report is about is left out: they are not told and cannot read it.
readers-operator = The people who run this site cannot open your report.
readers-more = More about what is recorded, who reads, and the limits
