# What our script says. "Sealed on this device" is what a reporter needs to know of it.

sealing-way = This browser seals what you write before it leaves this device. Someone who watches this network can see that you opened this page, but not what you wrote.
sealing-way-check = This browser keeps your words to itself and opens the replies on this device. Someone who watches this network can see that you opened this page, but not your words or the replies.
sealing-send = It is sealed on this device before it is sent, so that only its readers can open it. It cannot be taken back, but you can add to it later.

sealing-busy = Sealing and sending…
sealing-checking = Looking it up…
sealing-looking = Looking into it…
sealing-leave-out = Leave it out
sealing-look-again = Try again
sealing-choose-more = Choose more files
sealing-too-many = At most { $most } files go along at once. Left out: { $names }. You can add them later, with a message.
sealing-too-many-one = One file goes along at a time. Left out: { $names }. You can add more later, with a message.
sealing-progress = Sealing and sending { $name }: { $percent } %
sealing-cancel = Stop sending files
sealing-unreachable = This was not sent
sealing-unreachable-text = This site could not be reached. All that you wrote is still here. Look at your connection and press the button again.
sealing-unreachable-files-text = This site could not be reached. All that you wrote and the files that you chose are still here; what has arrived of them is not sent again. Look at your connection and press the button again.
sealing-failed = This was not sent
sealing-failed-text = It could not be sealed on this device. All that you wrote is still here. Copy it if you want to keep it, then load this page again.
sealing-answer-failed = The answer could not be opened
sealing-answer-failed-text = What arrived does not fit your words. Nothing was lost. Please check again in a few minutes, or from another network.
sealing-reply-failed = This reply could not be opened. This is a fault on our side. Please say so in a message below, so that it is sent again.
sealing-count = {"{"}found{"}"} of {"{"}limit{"}"} characters are used.

sealing-work = So many are writing at once that your browser has some work to do first
sealing-work-text = This takes from a few seconds to a minute and keeps floods from shutting you out. Please keep this page open: your report is sent by itself. All that you wrote is still here.

sealing-file-opening = Fetching and opening the file… { $percent } %
sealing-file-stop = Stop
sealing-file-stopped = Stopped. Nothing was saved.
sealing-file-saved = { $name } was handed to your browser, which saves it with your other downloads.
sealing-file-broke-off = The file did not arrive whole. Please check your connection and try again.
sealing-file-damaged = This file is not here any more, or it was damaged. Please say so in a message below, so that it is sent again.

sealed-malformed = This was not accepted
sealed-malformed-text = It arrived damaged, and nothing was stored. All that you wrote is still here. Please load this page in another tab, copy your text over and send it from there.
sealed-stale = This page is out of date
sealed-stale-text = Who can read reports here has changed since you opened it, and nothing was stored. All that you wrote is still here. Please press the button again.
sealed-upload-gone = A file has to be sent again
sealed-upload-gone-text = Nothing was stored yet. All that you wrote is still here. Please press the button again.
sealed-no-room-for-files = There is no room for files just now
sealed-file-too-large = A file is too large
sealed-file-too-large-text = Nothing was stored. All that you wrote is still here. Please leave that file out, or make it smaller.

# Before a report is sent, the script points at phrases that may say who wrote. Read by people who may be afraid.
sealing-review = Before you send: could this point to you?
sealing-review-text = Nothing was sent yet. These phrases may say who wrote. Change them if you like, or press the button at the end once more to send everything as it is. Nobody but you sees this list.
sealing-review-phrase = “{ $phrase }”
review-own-job = This says what your job is, and few people may have it: you could write what happened and leave your own part out.
review-only-i-know = If only one or two people know this, it may point to you: you could leave it out, or say it less exactly.
review-signature = This looks like a name: you do not need to sign, and your report counts just as much without it.
review-email = An e-mail address leads to a person: if it is yours, leave it out, because answers reach you here without it.
review-phone = A telephone number leads to a person: if it is yours, leave it out, because answers reach you here without it.
review-exact-time = An exact time can show who was there: often the day or the week is enough.
review-employee-number = A number like this stands for one person: if it is yours, leave it out.
review-family = What you say about people close to you can point to you: you could write “somebody”, or leave it out.
review-address = An address can lead to a person: if it is yours, leave it out, or name only the town.
review-handle = A name from the internet leads to a person: if it is yours, leave it out.
sealing-stopped = Sending was stopped
sealing-stopped-text = Your report or message was not sent. All that you typed, and the files that you chose, are still here. What arrived of them is not sent twice.
