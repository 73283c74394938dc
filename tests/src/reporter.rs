//! A reporter with a browser that runs no scripts: reads pages, fills in forms, keeps nothing but the words.

use ureq::Agent;
use ureq::http::Response;
use ureq::tls::TlsConfig;

/// A page as it came.
pub struct Page {
    /// Status code.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub html: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Page {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of an input, hidden or not.
    pub fn input(&self, name: &str) -> Option<String> {
        let marker = format!("name=\"{name}\"");
        let tag_start = self.html.find(&marker).map(|at| self.html[..at].rfind('<').expect("a tag"))?;
        let tag_end = tag_start + self.html[tag_start..].find('>').expect("a whole tag");
        let tag = &self.html[tag_start..tag_end];
        let value = tag.split("value=\"").nth(1)?;
        Some(value.split('"').next().expect("a closed value").to_owned())
    }

    /// The 12 words of a confirmation page, read as the reporter's next step would send them.
    pub fn words(&self) -> String {
        assert_eq!(self.status, 200, "no confirmation: {}", self.text());
        let words = self.input("words").expect("a confirmation page carries the words");
        assert_eq!(words.split_whitespace().count(), 12, "not 12 words");
        words
    }

    /// The text without tags, for reading and for messages.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for character in self.html.chars() {
            match character {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                other if !inside => text.push(other),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A reporter.
pub struct Reporter {
    agent: Agent,
    url: String,
}

impl Reporter {
    /// Opens the service at `url`.
    pub fn at(url: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .tls_config(TlsConfig::default())
            .build()
            .into();
        Self { agent, url: url.to_owned() }
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Page {
        read(self.agent.get(format!("{}{path}", self.url)).call().expect("an answer"))
    }

    /// Sends a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.try_post(path, fields).expect("an answer")
    }

    /// Sends a form to a service that may be gone.
    pub fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let request = self.agent.post(format!("{}{path}", self.url));
        request.send_form(fields.iter().copied()).ok().map(read)
    }

    /// Sends a body as it is.
    pub fn post_raw(&self, path: &str, content_type: &str, body: &[u8]) -> Page {
        let request = self.agent.post(format!("{}{path}", self.url)).content_type(content_type);
        read(request.send(body).expect("an answer"))
    }

    /// Sends a form with files, as a browser without scripts does: fields in the order of the page, files as (name,
    /// content). The page's own ways to name a field for files and the rest are kept.
    pub fn post_with_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        self.post_with_files_from("same-origin", path, fields, files)
    }

    /// The same, from a page of this site (Fetch Metadata).
    pub fn post_with_files_from(
        &self,
        site: &str,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Page {
        // Another one each time, as browsers do.
        let boundary = format!("----boundary{}", uuid::Uuid::new_v4().simple());
        let mut body = Vec::new();
        let mut part = |head: String, content: &[u8]| {
            body.extend_from_slice(
                format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in fields {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        for (name, content) in files {
            part(
                format!("name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream"),
                content,
            );
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let request = self.agent.post(format!("{}{path}", self.url)).header("sec-fetch-site", site);
        let request = request.content_type(format!("multipart/form-data; boundary={boundary}"));
        read(request.send(body).expect("an answer"))
    }

    /// Sends a form as a browser does that says where the page came from (Fetch Metadata).
    pub fn post_from(&self, site: &str, path: &str, body: &str) -> Page {
        let request = self.agent.post(format!("{}{path}", self.url));
        let request =
            request.header("sec-fetch-site", site).content_type("application/x-www-form-urlencoded");
        read(request.send(body).expect("an answer"))
    }

    /// Fills in the report page and sends it: opens the page first, as people do.
    pub fn submit(&self, fields: &[(&str, &str)]) -> Page {
        let form = self.get("/report").input("form").expect("the report page has its hidden field");
        let mut all = vec![("form", form.as_str())];
        all.extend_from_slice(fields);
        self.post("/report", &all)
    }

    /// Asks a question.
    pub fn ask(&self, fields: &[(&str, &str)]) -> Page {
        let form = self.get("/ask").input("form").expect("the question page has its hidden field");
        let mut all = vec![("form", form.as_str())];
        all.extend_from_slice(fields);
        self.post("/ask", &all)
    }

    /// Types the words in.
    pub fn check(&self, words: &str) -> Page {
        self.post("/check", &[("words", words)])
    }

    /// Adds a message from a status page.
    pub fn add_message(&self, status_page: &Page, words: &str, text: &str) -> Page {
        let number = status_page.input("number").expect("a status page numbers the next message");
        self.post("/check/message", &[("words", words), ("number", &number), ("message", text)])
    }
}

fn read(mut response: Response<ureq::Body>) -> Page {
    let bytes = response.body_mut().with_config().limit(512 << 20).read_to_vec().unwrap_or_default();
    Page {
        status: response.status().as_u16(),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or("").to_owned()))
            .collect(),
        html: String::from_utf8_lossy(&bytes).into_owned(),
        bytes,
    }
}
