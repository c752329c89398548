use crate::host::Answer;

/// The status with which a network asks for a sign-in, RFC 6585.
const SIGN_IN: u16 = 511;

/// How an answer shows that a web page stands where a program expects data;
/// None when it does not. Error pages do not count: servers are free to write
/// these as they like.
#[must_use]
pub fn web_page(answer: &Answer) -> Option<String> {
    if answer.status == SIGN_IN {
        return Some("status 511: the network asks for a sign-in".to_owned());
    }
    let text = answer.body.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let kind = answer.headers.get("content-type").map(|kind| kind.trim().to_ascii_lowercase());
    let is_page = answer.status == 200
        && (text.starts_with('<') || kind.as_deref().is_some_and(|kind| kind.starts_with("text/html")));
    is_page.then(|| {
        let title = title(text).map(|title| format!(", titled \"{title}\"")).unwrap_or_default();
        format!("a web page ({}){title}", kind.as_deref().unwrap_or("HTML").split(';').next().unwrap_or("HTML").trim())
    })
}

/// The page's title, shortened.
fn title(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find('<')?;
    let title = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then(|| title.chars().take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: u16, kind: &str, body: &str) -> Option<String> {
        let headers = [("content-type".to_owned(), kind.to_owned())].into();
        web_page(&Answer { status, headers, body: body.to_owned(), ..Answer::default() })
    }

    #[test]
    fn pages_are_told_from_data() {
        let told = page(200, "text/html; charset=utf-8", "<!doctype html><TITLE lang=en>Hotel\n Wi-Fi</title>");
        assert_eq!(told.as_deref(), Some("a web page (text/html), titled \"Hotel Wi-Fi\""));
        assert!(page(200, "application/json", " \u{feff}\n<html>").is_some());
        assert!(page(511, "text/plain", "").is_some());
        assert_eq!(page(200, "application/json", "{\"Version\":\"v0.3.0\"}"), None);
        assert_eq!(page(404, "text/html", "<html>not found"), None);
    }

    #[test]
    fn odd_titles_are_no_panic() {
        for body in ["<title", "<title>", "<title>é", "<TITLE>\u{130}</TITLE>"] {
            assert!(page(200, "text/html", body).is_some(), "{body}");
        }
    }
}
