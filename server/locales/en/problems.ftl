# What is wrong with a form, said so that it can be put right.

problem-empty-narrative = Write what happened, or what you want to ask.
problem-empty-name = Write a name or a way to reach you, or choose to stay anonymous.
problem-empty-message = Write your message.
problem-unknown-concerns = One of the people ticked is not on the list any more. Please tick again whom it is about.
problem-unknown-chosen = Choose who should be told from the list.
problem-unknown-category = Choose what it is about from the list.
problem-excluded-and-chosen = The person you chose to be told is ticked as someone it is about. Choose someone else, or remove the tick.
problem-not-choosable = This person cannot be chosen. Choose someone else to be told.
problem-nobody-can-read = With all these people left out, nobody remains who may read your report. Remove a tick, or go to an authority such as the SEC or to a lawyer instead.
problem-contradictory = You chose to stay anonymous but filled in a name or a contact. Empty those two fields, or choose to give your name.

problem-too-long = { $field } is too long: { $found } characters where { $limit } are possible. Shorten it by { $over }.
problem-field-narrative = Your text
problem-field-message = Your message
problem-field-when = “When did it happen?”
problem-field-where = “Where did it happen?”
problem-field-who-else-knows = “Who else knows about it?”
problem-field-how-you-know = “How do you know?”
problem-field-how-many-know = “How many people know this?”
problem-field-name = Your name
problem-field-contact = How to reach you

notice-not-stored = This was not accepted
notice-not-stored-text = Something is broken on our side and nothing was stored. All that you typed is still below. Please send it again in a few minutes, or copy it and keep it somewhere safe.
notice-not-sealed = This was not accepted
notice-not-sealed-text = It could not be sealed, and so nothing was stored. All that you typed is still below. Please send it again, or copy it and keep it somewhere safe.
notice-not-text = Some characters could not be read
notice-not-text-text = Nothing was stored. Below, � stands where a character could not be read. Please put that right and send it again.
notice-repeated = The form arrived with an answer in it twice
notice-repeated-text = Nothing was stored. Please look at your answers below and send them again.
notice-too-many = The form arrived with more answers than it has questions
notice-too-many-text = Nothing was stored. Please look at your answers below and send them again.
notice-overtaken = This was not stored yet
notice-overtaken-text = Another message of yours arrived first. Please press the button again.

token-problem-empty = Type your 12 words.
token-problem-count = { $count ->
        [one] There is only one word. There should be 12.
       *[other] There are { $shown } words. There should be 12.
    }
token-problem-word = Word { $position } is not one that we use. Look at how you wrote it down.
token-problem-checksum = These words do not belong together. One may be wrong, or two may have changed places.
token-problem-unknown = These words open no report. Look at how you wrote them down.
notice-full = There is no room for another message
notice-full-text = Nothing was stored. So much has been added to this report that no more fits. Your text is still below: copy it, and send it as a new report that mentions this one.
notice-look-at-files = Look at your files before you send
notice-look-at-files-text = Nobody can read anything of it yet. The files are here, sealed; those that you untick, and all of them if you stop now, are deleted within two days. Below you can see what was found in each file. Untick those that should not go along, then press the button at the end once more.
notice-look-before-sending-text = Nothing was sent yet. Below you can see what was found in each file. Untick those that you do not want to send, then press the button at the end once more.
notice-look-at-files-link = Go to the files
notice-busy = We cannot take this just now
notice-busy-text = More has arrived here than there is room for. That has nothing to do with you. Nothing was stored, and all that you typed is still below. Please wait a few minutes and send it again. If it does not work then, copy your text, keep it somewhere safe and come back tomorrow. You can also write a letter to the Audit Committee, or go to an authority or to a lawyer of your own.
