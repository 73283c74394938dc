# Files that go with a report or a message.

files-title = Files
files-hint = Up to { $most } files, each up to { $largest }: photos, documents, recordings. They are sealed like your text.
files-hint-one = One file of up to { $largest }: a photo, a document, a recording. It is sealed like your text.
files-choose = Choose files
files-choose-one = Choose a file
files-kept = Files that came with this form
files-clean = Remove hidden data from the files
files-clean-hint = Files often say who made them, with which device, when and where. What is found is removed from photos, PDF and Office documents before sealing, and you are shown what it was.
files-neutral = Give the files neutral names
files-sent-as = as “{ $name }”
files-neutral-hint = The readers then see “file 1” and so on. Choose this if a name could point to you.

files-removed = Removed: { $traces }.
files-left = Could not be removed: { $traces }.
files-nothing-found = No hidden data was found in it.
files-why-unknown-format = This kind of file cannot be looked into. It may say who made it.
files-why-encrypted = It has a password of its own, so it cannot be looked into. It may say who made it.
files-why-damaged = It could not be read fully, so nothing was removed. It may say who made it.
files-why-too-large = It is too large to be looked into here. It may say who made it.
files-why-too-many-parts = It has too many parts to be looked into. It may say who made it.
files-why-old-office = This old kind of Office file cannot be cleaned. It may say who made it. Safer: save it as .docx, .xlsx or .pptx, or as PDF.
files-why-as-it-was = It was taken before you asked for hidden data to be removed. It may say who made it.
files-why-not-asked = As you chose, hidden data was not removed. It may say who made it.
# Only where our script looks into files.
files-why-not-loaded = It was not looked into, because a part of this page did not load. It may say who made it.
files-why-gave-up = It could not be looked into on this device, because that took too long. It may say who made it.
files-why-stopped = You left it out before it was looked into.

trace-author = names of authors
trace-last-editor = who changed it last
trace-company = the company
trace-place = the place
trace-device = camera or device
trace-serial-number = a serial number
trace-dates = dates and times
trace-software = the program
trace-title = title and keywords
trace-comment = comments about the file
trace-thumbnail = a small preview picture
trace-revisions = earlier versions and who changed what
trace-print-settings = the printer
trace-profile = the colour profile
trace-identifier = numbers that identify the file
trace-other = other data

size-bytes = { $number } bytes
size-kilobytes = { $number } kB
size-megabytes = { $number } MB

problem-files-too-large = “{ $name }” is too large. A file can have up to { $largest }.
problem-files-too-many = These are more files than can be sent at once. The first { $most } were kept. You can add the others later, with a message.
problem-files-not-stored = A file could not be stored. Please choose it again in a few minutes.
problem-files-choose-again = “{ $name }” was taken as it is, before you asked for hidden data to be removed, and is left out now. Please choose it again, or tick it to send it as it is.
problem-files-empty = “{ $name }” is empty and was left out.
problem-files-lost = Files that came with this form are not here any more. Please choose them again.
problem-files-sent = Files that came with this form went with a report that you have sent already. What you send now is a second report: please choose its files again.
problem-files-no-case = The files could not be taken, since these words open no report.
problem-files-busy = There is no room for files here just now. Untick them and send what you wrote without them, or try again in a few minutes. You can add files later, with a message.
