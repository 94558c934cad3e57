//! The two shapes every model repeats: constructor with setters, and open enum.

/// Writes `new` and the chainable setters of a model.
///
/// `new` is a full struct literal, so a field forgotten here does not compile. Before the semicolon stand the
/// required fields, after it the optional ones: `name: Type`, or `name: [Element]` for a `Vec`, whose setter takes
/// any iterator.
macro_rules! model {
    ($name:ident { $($required:ident: $kind:tt),* ; $($optional:ident: $type:tt),* $(,)? }) => {
        impl $name {
            #[doc = concat!("Makes a [`", stringify!($name), "`] with its required values; the rest is unset.")]
            #[must_use]
            pub fn new($($required: model!(@argument $kind)),*) -> Self {
                Self {
                    $($required: model!(@value $required $kind),)*
                    $($optional: None,)*
                }
            }

            $(
                #[doc = concat!("Sets [`", stringify!($optional), "`](#structfield.", stringify!($optional), ").")]
                #[must_use]
                pub fn $optional(mut self, value: model!(@argument $type)) -> Self {
                    self.$optional = Some(model!(@value value $type));
                    self
                }
            )*
        }
    };
    (@argument [$element:ty]) => { impl IntoIterator<Item = impl Into<$element>> };
    // A number as it is: `impl Into<i64>` would take a literal for an `i32`.
    (@argument i64) => { i64 };
    (@argument bool) => { bool };
    (@argument $type:ty) => { impl Into<$type> };
    (@value $value:ident [$element:ty]) => { $value.into_iter().map(Into::into).collect() };
    (@value $value:ident i64) => { $value };
    (@value $value:ident bool) => { $value };
    (@value $value:ident $type:ty) => { $value.into() };
}

/// Writes an open enum: the known wire values, and `Unrecognized` for any other, which round-trips.
///
/// `Variant = "WIRE"`, with `| "OTHER"` for a spelling that is read but never written.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $wire:literal $(| $alias:literal)*),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value that this version of the crate does not know, kept as it was received.
            Unrecognized($crate::models::Unrecognized),
        }

        impl $name {
            /// The values this version knows, in the order of the declaration.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Unrecognized(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire $(| $alias)* => Self::$variant,)+
                    _ => Self::Unrecognized($crate::models::Unrecognized::new(value)),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::open_enum::deserialize(deserializer)
            }
        }
    };
}
