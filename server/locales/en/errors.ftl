# Pages for what went wrong outside a form, and the page in place of the form when nobody could read a report.

error-start = Go to the start page

error-malformed = This could not be read
error-malformed-text = What arrived was not a complete form, and nothing was stored. Go back one page: if what you typed is still there, copy it before you try again.
error-not-found = This page does not exist
error-not-found-text = The address may be mistyped or old. Nothing was stored.
error-file-unreadable = This file cannot be opened
error-file-unreadable-text = It is not here any more, or it was damaged. This is a fault on our side. Please go back and say so in a message, so that it is sent again.
error-method-not-allowed = This page cannot be opened like this
error-method-not-allowed-text = Nothing was stored. Please begin on the start page.
error-timed-out = This took too long to arrive
error-timed-out-text = The connection was too slow or broke off, and nothing was stored. Go back one page: if what you typed is still there, copy it before you try again.
error-too-large = This is too large
error-too-large-text = What you sent is more than can be read here, and nothing was stored. Go back one page: if what you typed is still there, copy it first. Then shorten it to 100,000 characters, or send it in several parts.
error-wrong-type = This arrived in a format that is not read here
error-wrong-type-text = Nothing was stored. Please use the form on this site.
error-nobody-can-read = Nobody could read this report
error-nobody-can-read-text = With the people that you left out, nobody remains who may read it. So it was not accepted, and nothing was stored.
error-too-many = Too many attempts
error-too-many-text = Please wait a few minutes and try again. Nothing was stored or changed.
error-unexpected = Something went wrong on our side
error-unexpected-text = This was not your fault. If you were sending something, it was not accepted, and nothing was stored. Go back one page: if what you typed is still there, copy it before you try again.
error-not-stored = Your report was not accepted
error-not-stored-text = Something is broken on our side and nothing was stored. If you typed something, copy it and keep it somewhere safe. Then try again in a few minutes.
error-unavailable = This does not work just now
error-unavailable-text = Something is broken on our side, and we cannot look anything up. Reports that were received before are not lost. Please try again in a few minutes.
error-busy = We cannot look this up just now
error-busy-text = More has arrived here than can be looked up at once, and nothing was stored or changed. Reports that were received before are not lost. Please try again in a few minutes.

error-kept = What you typed
error-kept-text = Copy it now if you want to keep it. It was not stored.
kept-narrative = What happened, or your question
kept-message = Your message
kept-when = When did it happen?
kept-where = Where did it happen?
kept-who-else-knows = Who else knows about it?
kept-how-you-know = How do you know?
kept-how-many-know = How many people know this?
kept-name = Your name
kept-contact = How can the readers reach you?

closed-title = Reports cannot be taken here at present
closed-lead = At present nobody could read a report that you send here. So that nothing you write is lost, the form is closed.
closed-text = If you have 12 words from an earlier report, you can still check on it.
