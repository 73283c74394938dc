# The one notice that recipients get by e-mail. It is the same for everybody and everything: it must not say what waits, how
# much of it, about whom, or since when. Lines are wrapped by hand at 76 columns, as mail readers expect.

notice-subject = Something waits for you in the reporting service

# $server is the address of the service.
notice-body =
    Hello,

    something waits for you in the reporting service. Please look at it with
    your key, in the console at

    { $server }/console

    or by the command "candor case list".

    This message is always worded the same and holds nothing of what waits.
    It was sent automatically: please do not answer or forward it.

# The notice that the auditor gets, each day. The heads of the record follow it, in English whatever the language, as they
# are signed.

head-subject = Head of the public record

# $server is the address of the service.
head-intro =
    Hello,

    below is how the public record of the reporting service at
    { $server } stood at the end of a day, signed.

    Please keep it where the organisation cannot change it. To check it
    later against a copy of the database, save this message and run

    candor log verify --database FILE --key PUBLIC-KEY --head MESSAGE

    The same heads are published at { $server }/record
    It holds nothing of any report, and looks the same on a day on which
    nothing happened. It was sent automatically: please do not answer.
