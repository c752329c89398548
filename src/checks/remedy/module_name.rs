/// A text as a part of a module's name: what Go takes in none becomes a
/// hyphen.
#[must_use]
pub fn module_name(text: &str) -> String {
    let takes = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    let name: String = text.chars().map(|c| if takes(c) { c } else { '-' }).collect();
    // No part may begin or end with a dot.
    let parts: Vec<&str> = name.split('/').map(|part| part.trim_matches('.')).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "app".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_takes_in_no_name_goes() {
        for (text, name) in [
            ("example.com/kim/old", "example.com/kim/old"),
            ("hello world", "hello-world"),
            ("größe;$(x)", "gr--e---x-"),
            (".hidden/..", "hidden"),
            ("", "app"),
        ] {
            assert_eq!(module_name(text), name);
        }
    }
}
