//! The program: exit code, nothing else.

fn main() -> std::process::ExitCode {
    fairbalance::cli::main()
}
