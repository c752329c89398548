use std::borrow::Borrow;

/// A few values by their keys, in the order in which the keys came.
///
/// Keys are compared one after the other: it is meant for as many values as
/// there are contexts, or Go roots on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handful<K, V> {
    pairs: Vec<(K, V)>,
}

impl<K, V> Handful<K, V> {
    /// The value with this key.
    pub(crate) fn get<Q: Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.pairs.iter().find(|(known, _)| known.borrow() == key).map(|(_, value)| value)
    }

    /// The values, in the order in which their keys came.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.pairs.iter().map(|(_, value)| value)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl<K: Eq, V> Handful<K, V> {
    /// Gives a key its value; one that it had is lost.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.pairs.iter_mut().find(|(known, _)| *known == key) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((key, value)),
        }
    }
}

impl<K, V> Default for Handful<K, V> {
    fn default() -> Self {
        Handful { pairs: Vec::new() }
    }
}

impl<K: Eq, V> FromIterator<(K, V)> for Handful<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut handful = Handful::default();
        pairs.into_iter().for_each(|(key, value)| handful.insert(key, value));
        handful
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_key_counts_at_the_place_of_the_first() {
        let handful: Handful<&str, u8> = [("b", 1), ("a", 2), ("b", 3)].into_iter().collect();
        assert_eq!(handful.get("b"), Some(&3));
        assert_eq!(handful.get("c"), None);
        assert_eq!(handful.values().collect::<Vec<_>>(), [&3, &2]);
    }
}
