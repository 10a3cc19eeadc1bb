//! The real program, as a process, and raw exchanges with it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

/// What every wait is bounded by, so that a defect fails a test instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, to be run with these arguments and no variables of the caller's.
pub fn certmimic(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_certmimic"));
    let others = ["RUST_LOG", "PORT", "NO_COLOR"];
    let own = std::env::vars().filter(|(name, _)| name.starts_with("CERTMIMIC_") || others.contains(&name.as_str()));
    own.for_each(|(name, _)| {
        command.env_remove(name);
    });
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs a command that ends by itself.
pub fn run(arguments: &[&str]) -> Output {
    certmimic(arguments).output().unwrap()
}

/// Runs a command that ends by itself, in a folder.
pub fn within(folder: &Path, arguments: &[&str]) -> Output {
    certmimic(arguments).current_dir(folder).output().unwrap()
}

/// A folder with nothing in it, of this name among those of the test's file.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(name);
    let _from_an_earlier_run = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What a program wrote.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A running server; killed when dropped.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// The ready line.
    pub ready: String,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Served {
    /// Starts on a free port and waits for the ready line.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = certmimic(&["serve", "--listen", "127.0.0.1:0"]);
        Self::of(command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// Starts by a command that ends with the ready line on its output.
    pub fn of_command(mut command: Command) -> Self {
        Self::of(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// A server that was started with its output piped.
    pub fn of(mut child: Child) -> Self {
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        out.read_line(&mut ready).unwrap();
        let url = ready.split(' ').find_map(|word| word.strip_prefix("http://"));
        let address = url.unwrap_or_else(|| panic!("no ready line, but {ready:?}")).parse().unwrap();
        Self { child, out, ready: ready.trim_end().to_owned(), address }
    }

    /// Where it listens for TLS.
    pub fn secure_port(&self) -> u16 {
        let url = self.ready.split(' ').find_map(|word| word.strip_prefix("https://127.0.0.1:"));
        url.unwrap_or_else(|| panic!("no address for TLS in {:?}", self.ready)).parse().unwrap()
    }

    /// A connection.
    pub fn connect(&self) -> Connection {
        Connection::to(self.address)
    }

    /// Sends bytes on a connection of their own; all that comes back until the server closes.
    pub fn exchange(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut connection = self.connect();
        connection.send(bytes);
        connection.rest()
    }

    /// Most memory that it has held so far, in KiB, where the system tells.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Asks it to end as a container engine does, and lets it.
    pub fn terminate(&self) {
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(told.success());
    }

    /// Ends it as the system does that is out of memory: it can do nothing more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until no connection is accepted any more.
    pub fn wait_until_closed(&self) {
        while TcpStream::connect(self.address).is_ok() {
            std::thread::yield_now();
        }
    }

    /// Waits for the end: what it wrote to standard error.
    pub fn errors(mut self) -> String {
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        errors
    }

    /// Waits for the end: how it ended, and what it printed after the ready line.
    pub fn ended(mut self) -> (ExitStatus, String) {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// A connection that says exactly what it is told to.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// One to an address.
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends bytes. The server may have closed by then: what it answered is what counts.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _refused = self.0.get_mut().write_all(bytes.as_ref());
    }

    /// Says that nothing further will be sent.
    pub fn close_sending(&mut self) {
        self.0.get_ref().shutdown(std::net::Shutdown::Write).unwrap();
    }

    /// The next line.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The next answer of known length: status line, headers, body.
    pub fn answer(&mut self) -> String {
        let mut answer = String::new();
        let mut length = 0;
        loop {
            let line = self.line();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            answer.push_str(&line);
            answer.push('\n');
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        answer + &String::from_utf8_lossy(&body)
    }

    /// All that comes until the server closes. A reset after the answer is a close, too.
    pub fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        match self.0.read_to_end(&mut bytes) {
            Err(error) if error.kind() != std::io::ErrorKind::ConnectionReset => panic!("not closed: {error}"),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
