# Where the words are typed in.

check-title = Check on a report
check-lead = With your 12 words you can see what happened, read replies and add something.
check-words = Your 12 words
check-words-hint = Type them in order. Capital letters, spaces and numbers do not matter, and the first four letters of each word are enough.
check-button = Check
check-connection = Someone who watches this network or this device could read your words and the replies. Safer: your own phone, another network, or Tor Browser.
check-lost = Lost your words?
check-lost-text = Nobody can look them up: not the readers, and not the people who run this site. That is what keeps your report safe. You can send a new report and say in it that you wrote before.
