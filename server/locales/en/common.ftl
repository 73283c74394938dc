# What all pages of the reporter share. "You" is the reporter; "the readers" are those who may read a report.

site-title = Reporting service of { $organisation }
site-name = Reporting service
leave = Leave now
skip = Skip to the content

demo-label = Demonstration
demo-title = This is a demonstration.
demo-text = Do not write about anything real here.

footer-label = Other pages
footer-start = Start
footer-check = Check on a report
footer-privacy = What is recorded and who reads
footer-record = The public record

footer-new-tab = These open in a new tab, so that what you typed stays here:

optional = (optional)
problem-prefix = Error:
summary-title = There is a problem
summary-text = It was not accepted yet. Everything that you typed is still here.

danger-title = Is someone in danger right now?
danger-text = Call the emergency number first. Nobody watches this page around the clock.

device-title = Use a device and a network of your own
device-risk = Your employer can often see which sites are opened on its devices and in its network. Sometimes it can also see what is typed. It is safer like this:
device-own = Use your own phone or computer, not one that your employer manages.
device-network = Use a network that has nothing to do with work: at home, in a library, or mobile data.
device-private = Open a private window. Otherwise your browser remembers this address.
device-tor = For the best protection, use Tor Browser. It hides from the network which site you visit.
device-onion = In Tor Browser, this service has an address of its own:

protection-title = You are protected
protection-retaliation = Nobody may punish you for an honest report. No dismissal, no threat, no worse review, no cold shoulder. If it happens all the same, report that too.
protection-honest = You need no proof, and you may turn out to be wrong. What counts is that you believe what you write. If you make something up on purpose, you are not protected, and it can have consequences for you.

authorities-title = You can always go elsewhere
authorities-free = Nothing here stops you from going to the SEC, to another authority or to a lawyer: before, afterwards or instead. You need nobody’s permission, and you do not have to tell anyone here.
authorities-advice = This site gives no legal advice. Which laws protect you depends on where you work, what you report and to whom. A lawyer can tell you.

alternatives-title = What you can do instead
alternatives-letter = Write a letter to the Audit Committee of { $organisation }. Mark it “personal and confidential”. You can leave out your name.
alternatives-authority = Go to an authority, such as the SEC or the police. You need nobody’s permission.
alternatives-lawyer = Ask a lawyer of your own.

number-separator = ,
list-separator = ,
date-long = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
