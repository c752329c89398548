//! How a program of a Dockerfile is linked.

use super::shipments::Shipment;
use super::stages::Dockerfile;

/// How a program is linked, as far as the Dockerfile tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// It asks for no loader.
    Static,
    /// cgo is off, yet the build mode asks for a loader.
    Pie,
    /// cgo is on: what the program imports decides.
    ByImports,
}

impl Dockerfile {
    /// How a program is linked. None where that hangs on what the file does
    /// not tell: other people's images and arguments, compilers, flags that
    /// are put together elsewhere.
    #[must_use]
    pub fn linking(&self, shipment: &Shipment<'_>) -> Option<Linking> {
        let Shipment { builder, run, call, .. } = shipment;
        let image = self.image(builder)?;
        let scripts = self.scripts(builder);
        let is_open = call.words.iter().any(|word| word.contains(['$', '`']) && !word.contains("-X"))
            || scripts.contains("env -w");
        let is_set = |name| run.scope.has(name) || call.variable(name).is_some();
        if !image.is_go() || is_open || ["GOFLAGS", "CC", "CGO_LDFLAGS"].into_iter().any(is_set) {
            return None;
        }
        let linker = call.flag("ldflags").unwrap_or_default();
        let tags = call.flag("tags").unwrap_or_default();
        if linker.contains("static")
            || linker.contains("linkmode")
            || ["netgo", "osusergo"].iter().any(|tag| tags.contains(tag))
        {
            return None;
        }
        // A build for another platform has cgo off unless it says otherwise;
        // which platform is another one is not known here.
        let is_foreign =
            |name, own: &[&str]| call.variable(name).is_some_and(|value| !own.contains(&value)) || run.scope.has(name);
        let targets = ["", "$TARGETARCH", "${TARGETARCH}"];
        let is_cross = is_foreign("GOOS", &["linux", "", "$TARGETOS", "${TARGETOS}"]) || is_foreign("GOARCH", &targets);
        match run.value(call, "CGO_ENABLED").ok()?.as_deref() {
            Some("0") if call.flag("buildmode") == Some("pie") => Some(Linking::Pie),
            Some("0") => Some(Linking::Static),
            Some("1") => Some(Linking::ByImports),
            Some(_) => None,
            None if is_cross => None,
            // Alpine's image comes without a C compiler, and Go then has cgo
            // off.
            None if image.is_go_on_alpine() && !["gcc", "build-base"].iter().any(|word| scripts.contains(word)) => {
                Some(Linking::Static)
            }
            None => Some(Linking::ByImports),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linking(image: &str, before: &str, build: &str) -> Option<Linking> {
        let text = format!("FROM {image} AS b\n{before}\nRUN {build}\nFROM scratch\nCOPY --from=b /app /app\n");
        let file = Dockerfile::parse(&text).expect("it can be read");
        let shipments = file.shipments();
        file.linking(shipments.first().expect("a program"))
    }

    #[test]
    fn cgo_is_on_where_a_compiler_is() {
        assert_eq!(linking("golang:1.26", "", "go build -o /app ."), Some(Linking::ByImports));
        assert_eq!(linking("golang:1.26-alpine", "", "go build -o /app ."), Some(Linking::Static));
        assert_eq!(
            linking("golang:1.26-alpine", "RUN apk add git gcc musl-dev", "go build -o /app ."),
            Some(Linking::ByImports)
        );
        assert_eq!(linking("golang:1.26", "ENV CGO_ENABLED=0", "go build -o /app ."), Some(Linking::Static));
        assert_eq!(linking("golang:1.26", "", "CGO_ENABLED=0 go build -buildmode=pie -o /app ."), Some(Linking::Pie));
        assert_eq!(
            linking(
                "golang:1.26",
                "ARG TARGETARCH",
                "GOOS=linux GOARCH=$TARGETARCH go build -ldflags \"-X v=$V\" -o /app"
            ),
            Some(Linking::ByImports)
        );
    }

    #[test]
    fn what_hangs_on_others_is_not_told() {
        for (before, build) in [
            ("ARG CGO_ENABLED", "go build -o /app ."),
            ("ENV GOFLAGS=-tags=netgo", "go build -o /app ."),
            ("RUN go env -w CGO_ENABLED=0", "go build -o /app ."),
            ("", "GOARCH=arm64 go build -o /app ."),
            ("", "go build -ldflags '-linkmode external -extldflags -static' -o /app ."),
            ("", "go build -tags netgo,osusergo -o /app ."),
            ("", "go build $FLAGS -o /app ."),
            ("", "CC=musl-gcc go build -o /app ."),
        ] {
            assert_eq!(linking("golang:1.26", before, build), None, "{before} {build}");
        }
        assert_eq!(linking("example.com/go:1", "", "go build -o /app ."), None);
    }
}
