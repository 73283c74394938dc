# Where a case can stand, and how it can end.

status-received = Received
status-received-text = It is stored and sealed, and the readers are told that something arrived. Nobody has confirmed it yet.
status-acknowledged = Acknowledged
status-acknowledged-text = Someone who reads it has confirmed that they have it.
status-assessing = Being assessed
status-assessing-text = The readers are finding out what it is about and what has to be done.
status-question-asked = We have a question for you
status-question-asked-text = The readers need to know more. Their question is under “Replies” on this page, and you can answer just below it.
status-investigating = Being looked into
status-investigating-text = The facts are being checked.
status-deciding = Decision being made
status-deciding-text = The facts have been checked. Now it is being decided what to do.
status-concluded = Concluded
status-concluded-text = The work on it has ended.
status-answered = Answered
status-answered-text = The answer is under “Replies” on this page.
status-passed = Passed to another process
status-passed-text = It belongs in another process and was passed on there. If the readers could say more, it is under “Replies”.
status-reopened = Reopened
status-reopened-text = It had ended and was opened again. Work on it goes on.

outcome-substantiated = Confirmed
outcome-substantiated-text = What you reported was found to be so.
outcome-partly-substantiated = Partly confirmed
outcome-partly-substantiated-text = Part of what you reported was found to be so.
outcome-not-substantiated = Not confirmed
outcome-not-substantiated-text = What you reported could not be confirmed. That does not mean that it was wrong to speak up.
outcome-insufficient-information = Not enough information
outcome-insufficient-information-text = There was too little to decide. If you know more, you can add it on this page.
outcome-referred = Handed on
outcome-referred-text = It was handed to someone else who is responsible for it.
outcome-answered = Answered
outcome-answered-text = Your question was answered.
