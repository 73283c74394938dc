# What is recorded and who reads, at length.

privacy-title = What is recorded and who reads
privacy-lead = This page says what this service keeps, who can read it, and what it cannot protect you from.

privacy-text = What you write
privacy-text-how = It is sealed as soon as it arrives, or already in your browser if the form says so, and only the sealed form is kept. Only the readers of your report have keys that open it.
privacy-name = Your name, if you give it
privacy-name-how = It is sealed in the same way, apart from your report. Only the readers of your report can open it.
privacy-files = Files that you add
privacy-files-how = Sealed in the same way, with their names. What is found in photos, PDF and Office documents of who made them, with what, when and where is removed first, unless you say otherwise, and you are shown what it was. Other kinds of files may still say it. How large a file is can be seen roughly.
privacy-day = The day
privacy-day-how = The day on which you sent a report or a message. Not the hour, not the minute.
privacy-handling = What was done
privacy-handling-how = When your report was read, replied to, looked into and decided, and by whom. You can follow most of this yourself.
privacy-words = Your 12 words
privacy-words-how = They are not kept. What is kept can tell that words are right when you type them, but nobody can get the words back from it.

privacy-not-browser = Which browser, device or language you use
privacy-not-elsewhere = Anything on other sites: these pages load nothing from elsewhere and tell nobody else about you

privacy-readers-title = Who can read
privacy-readers-rule = These people may read reports here:
privacy-reads-committee = Can read every report, unless you say that it is about them.
privacy-reads-compliance = Can read a report only if you choose them. Reports about accounting, audits, statements to investors or fraud by managers go to the Audit Committee alone.
privacy-reads-chosen = Can read a report only if you choose them, and never one about accounting, audits, statements to investors or fraud by managers.
privacy-reads-supervisor = Is told that there is a report, if you choose them. Can read only what the Audit Committee passes on.
privacy-reads-counsel = A lawyer from outside. Can read a report if nobody on the Audit Committee may.
privacy-reads-investigator = Can read only what the Audit Committee passes on.
privacy-readers-excluded = Anyone you say the report is about gets no key to it, no e-mail about it, and does not see it in any list or count.
privacy-readers-mail = The e-mails that tell the readers always say the same: something is waiting. They do not say what it is about.

privacy-limits-title = What this service cannot protect you from
privacy-limits-text = No service can promise that nobody will ever find out who wrote. These are the limits:
privacy-limits-network = Someone who watches the network you use can see that you visited this site. If it is your employer’s network, it may also be able to read what you send, unless the form says that your browser seals it.
privacy-limits-device = Someone who controls the device you use, for example your employer, may be able to see your screen and what you type.
privacy-limits-operator = The people who run this site cannot open reports that are stored. Someone who secretly changed the site itself could read what is typed from then on.
privacy-limits-content = What you write can point to you: things that only you knew, or the way you write.
privacy-limits-files = A file can point to you by what is in it or by who had it: a document that few people received, a photo from where only you could stand. A file that you save here stays on the device, with its name among the downloads.
privacy-limits-law = A court or an authority can order readers to hand over a report. They cannot hand over a name that you did not give.
