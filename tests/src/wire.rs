//! A connection made by hand: from an address of the test's choosing, and as slow as the test likes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

/// The address that tests come from unless they say otherwise.
pub const USUAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Another address of the same machine.
pub const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 2));

/// A connection that is kept open.
pub struct Wire(BufReader<TcpStream>);

/// What came back.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// The head, in small letters.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Wire {
    /// Connects to the service at `url` from `address`.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(url: &str, address: IpAddr) -> std::io::Result<Self> {
        let service: SocketAddr =
            url.strip_prefix("http://").and_then(|rest| rest.parse().ok()).expect("an address and a port");
        let stream = tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
            let socket = tokio::net::TcpSocket::new_v4()?;
            socket.bind(SocketAddr::new(address, 0))?;
            socket.connect(service).await?.into_std()
        })?;
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// The client's own address and port, in the two layouts that programs and kernels keep them in.
    pub fn traces(&self) -> [Vec<u8>; 2] {
        let Ok(SocketAddr::V4(own)) = self.0.get_ref().local_addr() else { return [Vec::new(), Vec::new()] };
        let (address, port) = (own.ip().octets(), own.port());
        [
            [address.as_slice(), &port.to_ne_bytes()].concat(),
            [port.to_be_bytes().as_slice(), &address].concat(),
        ]
    }

    /// Whether the service has ended the connection.
    pub fn has_ended(&self) -> bool {
        let stream = self.0.get_ref();
        stream.set_nonblocking(true).expect("a socket option");
        let read = stream.peek(&mut [0]);
        stream.set_nonblocking(false).expect("a socket option");
        !matches!(read, Ok(1)) && !read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// What the system says, for example that the service has ended the connection.
    pub fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    /// Sends a form's head that announces `length` bytes.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn begin_form(&mut self, path: &str, length: usize) -> std::io::Result<()> {
        self.begin(path, "application/x-www-form-urlencoded", length)
    }

    /// Begins to send a body of `length` bytes that says it is of this type.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn begin(&mut self, path: &str, media_type: &str, length: usize) -> std::io::Result<()> {
        self.send(
            format!(
                "POST {path} HTTP/1.1\r\nHost: wire\r\nContent-Type: {media_type}\r\n\
                 Content-Length: {length}\r\n\r\n"
            )
            .as_bytes(),
        )
    }

    /// Sends a form, written as browsers do, and waits for the answer.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn form(&mut self, path: &str, body: &str) -> std::io::Result<Answer> {
        self.begin_form(path, body.len())?;
        self.send(body.as_bytes())?;
        self.answer()
    }

    /// Sends JSON and waits for the answer.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn json(&mut self, path: &str, body: &str) -> std::io::Result<Answer> {
        self.send(
            format!(
                "POST {path} HTTP/1.1\r\nHost: wire\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .as_bytes(),
        )?;
        self.answer()
    }

    /// Reads one answer.
    ///
    /// # Errors
    /// What the system says.
    pub fn answer(&mut self) -> std::io::Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        let head = head.to_ascii_lowercase();
        let mut answer = Answer { status: 0, head, body: String::new() };
        answer.status = answer.head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).expect("text");
        Ok(answer)
    }
}
