# The page that shows the 12 words, once.

# The name of the tab stays in the browser's history: it must not say that something was reported.
confirmation-tab = Next steps
confirmation-title-concern = Your report was received
confirmation-title-question = Your question was received
confirmation-lead = It is stored and sealed. Now write down these 12 words, before you do anything else.
confirmation-files =
    { $count ->
        [one] One file came with it.
       *[other] { $shown } files came with it.
    }

confirmation-words = Your 12 words
confirmation-words-once = They are shown once, here. With them you can see what happens and read replies. Nobody can find them again for you.

confirmation-keep = How to keep them
confirmation-do = Do
confirmation-do-paper = Copy them by hand, in this order. The first four letters of each are enough.
confirmation-do-hide = Keep the paper where nobody else looks.
confirmation-do-close = Close this window when you are done.
confirmation-dont = Do not
confirmation-dont-show = Do not show them to anyone. Whoever has them can read the replies and write in your name.
confirmation-dont-device = Do not keep them on a work device, and do not print them at work.
confirmation-dont-send = Do not send them by e-mail or chat.
confirmation-lost = If you lose them, nobody can open this report for you. You can send a new one.

confirmation-try = Try them now
confirmation-try-text = See once how checking works, so that you know it later. Write the words down first: this page goes away.
confirmation-try-button = Try your words now

confirmation-next = What happens next
confirmation-by = By
confirmation-received = It was received and stored.
confirmation-acknowledged = Someone who reads it confirms that they have it.
confirmation-feedback-concern = You are told what was done or will be done about it.
confirmation-feedback-question = You have an answer, or are told what it waits for.
confirmation-come-back = Come back on { $day }.
confirmation-come-back-why = Sooner is fine too. The readers may have a question for you, and can ask it only here.
confirmation-where = Choose “Check on a report” at this address:
