# The public record, and what the status page says of it.

record-title = The public record
record-lead = Nobody can make a report vanish here, or change later what was done about it, without a trace that others can find.

record-what = What it is
record-what-text = When a day has ended, what happened to all reports on that day goes into this record: that one came in, was opened, answered or decided, and each date that was promised and not kept. Lines can be added to it and never taken away. It holds nothing of what anybody wrote, and no names of those who wrote.
record-what-hidden = Each line is a number that says nothing by itself, and most lines stand for nothing: nobody can see from it how many reports there are.

record-heads = The latest days
record-heads-text = The fingerprint follows from all lines up to that day. Whoever has noted one can show if a line from before was changed or taken away. An auditor may get it by e-mail each day.
record-none = No day has ended yet since this service began.
record-head = The end of { $day }
record-size = Lines
record-root = Fingerprint
record-signature = Signature
record-all = Every day since the beginning, as plain text

record-key = Public key
record-key-text = With this key, which stays the same, anybody can see that the fingerprints come from this service:

record-check = How to check
record-check-own = If you sent a report, look at it with your 12 words. The page says since when it is in the record, and you can save a proof there.
record-check-program = Whoever has the program of this service, which is free for everybody, checks such a proof on any computer, without this site:

status-record = It cannot vanish
status-record-since = What you sent has been in the public record since the end of { $day }. If it vanished or was changed, others could find out.
status-record-tonight = What you sent will be entered in the public record tonight. From then on, if it vanished or was changed, others could find out.
status-record-late = What you sent should be in the public record by now, and is not. This is a fault on our side. You can ask about it on this page.
status-record-more = What the public record is (opens in a new tab)
status-record-save = Save the proof
status-record-advice = The proof is a small file. It holds nothing of what you wrote and no name, but whoever finds it on this device can see that somebody here sent a report. Save it only where nobody else looks.

history-missed-acknowledge = A confirmation was due by { $day }. It did not come in time
history-missed-feedback = By { $day } you should have been told what was done. It did not come in time
history-missed-answer = An answer to your question was due by { $day }. It did not come in time
history-missed-update = News was due by { $day }. It did not come in time
