//! What a WebSocket may agree on with its client: options of `www listen` and of
//! `www websocket accept`.

use crate::{
    protocol::websocket::handshake,
    tcl::{Error, Interp, Value},
    websocket::{CompressionSettings, Offered},
    www::{
        errors,
        object::{self, deflate},
        options::{
            self,
            Field::{Any, List},
            Table, changeable,
        },
    },
};

/// The options.
pub(crate) static HANDSHAKE: Table<HandshakeOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        changeable("-compress", Any(|to| &mut to.compress)),
        changeable("-extensions", Any(|to| &mut to.extensions)),
        changeable("-origins", List(|to| &mut to.origins)),
        changeable("-protocols", List(|to| &mut to.protocols)),
    ],
};

#[derive(Clone)]
pub(crate) struct HandshakeOptions {
    compress: Value,
    extensions: Value,
    origins: Value,
    protocols: Value,
}

impl Default for HandshakeOptions {
    fn default() -> Self {
        let [extensions, origins, protocols] = [(); 3].map(|()| Value::empty());
        Self { compress: Value::integer(0), extensions, origins, protocols }
    }
}

/// What the options of the handshake say.
pub(crate) struct Handshake {
    /// In order of preference.
    pub(super) protocols: Vec<String>,
    /// Patterns. None: the origin must be the host itself.
    pub(super) origins: Vec<Value>,
    pub(super) extensions: Vec<Offered>,
    pub(super) compression: CompressionSettings,
}

impl HandshakeOptions {
    /// Errors where a value is wrong.
    pub(super) fn parse(&self, interp: &Interp) -> Result<Handshake, Error> {
        let protocols = self.protocols.elements().unwrap_or_default();
        let protocols = protocols.iter().map(|name| options::text("-protocols", name));
        let protocols = protocols.collect::<Result<Vec<_>, _>>()?;
        handshake::check_protocols(&protocols)
            .map_err(|error| errors::protocol(&error.to_string()))?;
        let origins = self.origins.elements().unwrap_or_default();
        let mut extensions = object::parse_extensions(interp, &self.extensions)?;
        extensions.iter().try_for_each(deflate::check_offer)?;
        let mut compression = CompressionSettings::default();
        if let Some((own, settings)) = deflate::parse_option(interp, &self.compress)? {
            let name = own.extension.name();
            if extensions.iter().any(|other| other.extension.name() == name) {
                return Err(errors::extension(&format!("duplicate extension {name:?}")));
            }
            extensions.push(own);
            compression = settings;
        }
        Ok(Handshake { protocols, origins, extensions, compression })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(HANDSHAKE.is_in_order());
    }
}
