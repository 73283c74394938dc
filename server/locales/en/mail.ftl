# The one notice that is sent by e-mail. It is the same for everybody and everything: it must not say what waits, how
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
