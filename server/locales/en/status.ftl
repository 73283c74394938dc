# The status page: what comes of a report.

status-title-concern = Your report
status-title-question = Your question
status-standing = Where it stands
status-outcome = How it ended

status-expect = What you can expect
status-acknowledge-by = Someone confirms that they have it, by { $day }.
status-acknowledge-late = A confirmation was due by { $day }. It is late. You can ask about it on this page.
status-update-by = You hear how it is going, by { $day }.
status-update-late = News was due by { $day }. It is late. You can ask about it on this page.
status-feedback-by = You are told what was done or will be done, by { $day }.
status-answer-by = You have an answer, or are told what it waits for, by { $day }.
status-answer-late = An answer was due by { $day }. It is late. You can ask about it on this page.
status-feedback-late = By { $day } you should have been told what was done. If you were not, you can ask about it on this page.
status-come-back = Come back on { $day }.
status-come-back-why = Sooner is fine too.

status-replies = Replies
status-no-replies = There are none yet.
reply-files = Files that came with this reply
reply-file-save = Save this file
reply-files-advice = A saved file stays on this device, and its name in the list of downloads. Save it only where nobody else looks.
status-unreadable = { $count ->
        [one] One reply is here but could not be opened. This is a fault on our side. Please say so in a message below, so that it is sent again.
       *[other] { $shown } replies are here but could not be opened. This is a fault on our side. Please say so in a message below, so that they are sent again.
    }

status-add = Add something
status-add-text = Answer a question, correct something, or tell what happened since.
status-message = Your message
status-message-hint = As in your report, leave out what could point to you. There is room for 100,000 characters. If you only send files, say in a few words what they are.
status-add-button = Send message
status-added = Your message was added.
status-added-text = It is stored and sealed, and the readers are told that something arrived.
status-own-messages = { $count ->
        [one] You added one message, on
       *[other] You added { $shown } messages, on
    }
status-own-messages-why = { $count ->
        [one] Neither it nor your report can be shown here: if someone finds your words, they still cannot read what you wrote.
       *[other] Neither they nor your report can be shown here: if someone finds your words, they still cannot read what you wrote.
    }

status-history = What happened so far
history-received = You sent it, and it was received
history-opened = A reader opened it
history-reply = Reply from { $title }
history-reply-unsigned = Reply to you
history-own-message = You added a message
history-outcome = { $status }: { $outcome }

status-close = When you have finished, close this window.
