//! The processor against what a program was built for.

use crate::model::Binary;
use crate::model::inspect::Obstacle;
use crate::probes::system::Processor;

/// That the program was built for a higher level than this processor has.
pub(super) fn obstacle(binary: &Binary, processor: &Processor) -> Option<Obstacle> {
    let level = binary.go.as_ref()?.settings.get("GOAMD64")?;
    let lacks = processor.lacks(level.strip_prefix('v')?.parse().ok()?).ok()?;
    lacks.first().map(|lacks| Obstacle::Processor { level: level.clone(), lacks: (*lacks).to_owned() })
}
