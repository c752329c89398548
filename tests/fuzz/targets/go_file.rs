#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gomedic::fuzzing::run("go_file", bytes));
