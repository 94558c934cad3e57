//! The shapes that everything on the wire has: models, requests, open enums, and types of a text.

/// Writes a model from one declaration: in parentheses the fields that `new` takes, in braces those that may be left out.
///
/// ```text
/// model! {
///     /// What it is.
///     pub struct TokenCreateRequest(
///         /// What `new` takes, in this order.
///         grant_type: GrantType,
///     ) {
///         /// An `Option<i64>`.
///         client_id: i64,
///         /// An `Option<Vec<String>>`.
///         scopes: [String],
///         /// An `Option<String>` of which `Debug` shows only whether it is set.
///         jwt_at_claims: (hidden String),
///     }
/// }
/// ```
///
/// The wire name of a field is its name in camel case, without underscores. Behind the braces `keeps unknown` adds a field
/// for what the model does not know, for a model that is read, changed and sent back; `own debug` leaves `Debug` to the
/// model's file. A model without parentheses has a `Default`.
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* } $($more:tt)*
    ) => {
        model! { @write $(#[$meta])* $name () { $($fields)* } $($more)* }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident ( $($required:tt)* ) { $($fields:tt)* } $($more:tt)*
    ) => {
        model! { @write $(#[$meta])* $name ($($required)*) { $($fields)* } $($more)* }
    };
    (@write
        $(#[$meta:meta])* $name:ident
        ($($(#[$required_meta:meta])* $required:ident: $kind:tt),* $(,)?)
        {$($(#[$optional_meta:meta])* $optional:ident: $type:tt),* $(,)?}
        $(keeps $unknown:ident)? $(own $own:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$required_meta])* pub $required: model!(@type $kind),)*
            $($(#[$optional_meta])* pub $optional: Option<model!(@type $type)>,)*
            $(
                /// Members that this version of the crate does not know, as they were received. They are sent back.
                pub $unknown: $crate::models::UnknownMembers,
            )?
        }

        #[allow(clippy::should_implement_trait, reason = "a setter is named like its field, `sub` for one")]
        impl $name {
            #[doc = concat!("Makes a [`", stringify!($name), "`] with its required values; the rest is unset.")]
            #[must_use]
            pub fn new($($required: model!(@argument $kind)),*) -> Self {
                Self {
                    $($required: model!(@value $required $kind),)*
                    $($optional: None,)*
                    $($unknown: $crate::models::UnknownMembers::new(),)?
                }
            }

            $(
                #[doc = concat!("Sets [`", stringify!($optional), "`](#structfield.", stringify!($optional), ").")]
                #[must_use]
                #[inline]
                pub fn $optional(mut self, value: model!(@argument $type)) -> Self {
                    self.$optional = Some(model!(@value value $type));
                    self
                }
            )*
        }

        const _: () = {
            use $crate::models::schema::{self, Schema};
            use $crate::models::table::{Access, Field, Fields, FieldsMut, Fragment, Model, Place, Value};

            #[allow(non_camel_case_types)]
            enum FieldOrder { $($required,)* $($optional,)* }
            struct FieldIndex;
            #[allow(non_upper_case_globals)]
            impl FieldIndex {
                $(const $required: usize = FieldOrder::$required as usize;)*
                $(const $optional: usize = FieldOrder::$optional as usize;)*
            }
            const FIELDS: &[&str] = &[$(stringify!($required),)* $(stringify!($optional),)*];
            const REQUIRED: &[&str] = &[$(stringify!($required),)*];
            static TABLE: [u8; schema::length(FIELDS)] = schema::table(FIELDS, REQUIRED.len());

            impl Model for $name {
                const SCHEMA: Schema = Schema::new(&TABLE);
            }

            impl FieldsMut for $name {
                fn access(&mut self, index: usize, access: Access) -> Option<Place<'_>> {
                    match index {
                        $(FieldIndex::$required => self.$required.access_field(access),)*
                        $(FieldIndex::$optional => self.$optional.access_field(access),)*
                        $($crate::models::table::UNKNOWN => self.$unknown.access(access),)?
                        _ => None,
                    }
                }
            }

            impl Fields for $name {
                fn fragment(&self, index: usize) -> Option<Fragment<'_>> {
                    match index {
                        $(FieldIndex::$required => self.$required.field_fragment(),)*
                        $(FieldIndex::$optional => self.$optional.field_fragment(),)*
                        $($crate::models::table::UNKNOWN => Some(self.$unknown.fragment()),)?
                        _ => None,
                    }
                }
            }

            impl Value for $name {
                fn blank() -> Self {
                    Self {
                        $($required: Value::blank(),)*
                        $($optional: None,)*
                        $($unknown: Value::blank(),)?
                    }
                }

                fn place(&mut self) -> Place<'_> {
                    Place::Object(Self::SCHEMA, self)
                }

                fn fragment(&self) -> Fragment<'_> {
                    Fragment::Object(Self::SCHEMA, self)
                }
            }

            model! { @debug $($own)?
                impl std::fmt::Debug for $name {
                    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        const SHOWN: &[&str] = &[
                            $(stringify!($required),)* $(stringify!($optional),)* $(stringify!($unknown),)?
                        ];
                        $crate::models::table::debug(formatter, stringify!($name), SHOWN, &[
                            $(model!(@shown (&self.$required) $kind),)*
                            $(model!(@shown (self.$optional.as_ref()) $type),)*
                            $(&self.$unknown,)?
                        ])
                    }
                }
            }
        };

        serde_by_table! { $name }
    };

    (@debug debug $($impl:tt)*) => {};
    (@debug $($impl:tt)*) => { $($impl)* };
    // Of what is hidden only whether it is there.
    (@shown (&$self:ident.$field:ident) (hidden $type:tt)) => { &$crate::models::table::Hidden };
    (@shown ($self:ident.$field:ident.as_ref()) (hidden $type:tt)) => {
        &$self.$field.as_ref().map(|_| $crate::models::table::Hidden)
    };
    (@shown (&$self:ident.$field:ident) $type:tt) => { &$self.$field };
    (@shown ($self:ident.$field:ident.as_ref()) $type:tt) => { &$self.$field };

    (@type (hidden $type:tt)) => { model!(@type $type) };
    (@type [[$element:ty]]) => { Vec<Vec<$element>> };
    (@type [$element:ty]) => { Vec<$element> };
    (@type $type:ty) => { $type };

    (@argument (hidden $type:tt)) => { model!(@argument $type) };
    (@argument [[$element:ty]]) => { impl IntoIterator<Item = impl IntoIterator<Item = impl Into<$element>>> };
    (@argument [$element:ty]) => { impl IntoIterator<Item = impl Into<$element>> };
    // A number as it is: `impl Into<i64>` would take a literal for an `i32`.
    (@argument i64) => { i64 };
    (@argument bool) => { bool };
    (@argument $type:ty) => { impl Into<$type> };

    (@value $value:ident (hidden $type:tt)) => { model!(@value $value $type) };
    (@value $value:ident [[$element:ty]]) => {
        $value.into_iter().map(|list| list.into_iter().map(Into::into).collect()).collect()
    };
    (@value $value:ident [$element:ty]) => { $value.into_iter().map(Into::into).collect() };
    (@value $value:ident i64) => { $value };
    (@value $value:ident bool) => { $value };
    (@value $value:ident $type:ty) => { $value.into() };
}

/// Writes a request object, which is a model with the service's ID. What needs nothing but a body is made `From` it.
macro_rules! request {
    ($(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        model! {
            $(#[$meta])*
            pub struct $name {
                /// The service that the call is for. Unset, it is the core's.
                service_id: String,
                $($fields)*
            }
        }
    };
    ($(#[$meta:meta])* pub struct $name:ident ( $($required:tt)* ) { $($fields:tt)* }) => {
        model! {
            $(#[$meta])*
            pub struct $name ( $($required)* ) {
                /// The service that the call is for. Unset, it is the core's.
                service_id: String,
                $($fields)*
            }
        }
        request! { @from $name $($required)* }
    };

    // A value of the path.
    (@from $name:ident $(#[$meta:meta])* $field:ident: String $(,)?) => {};
    (@from $name:ident $(#[$meta:meta])* $field:ident: Secret $(,)?) => {};
    (@from $name:ident $(#[$meta:meta])* $field:ident: i64 $(,)?) => {};
    (@from $name:ident $(#[$meta:meta])* $field:ident: bool $(,)?) => {};
    (@from $name:ident $(#[$meta:meta])* $field:ident: (hidden $type:tt) $(,)?) => {};
    // A body.
    (@from $name:ident $(#[$meta:meta])* $field:ident: [$element:ty] $(,)?) => {
        request! { @body $name $field Vec<$element> }
    };
    (@from $name:ident $(#[$meta:meta])* $field:ident: $type:ident $(,)?) => {
        request! { @body $name $field $type }
    };
    (@from $($several:tt)*) => {};
    (@body $name:ident $field:ident $type:ty) => {
        impl From<$type> for $name {
            fn from($field: $type) -> Self {
                Self::new($field)
            }
        }
    };
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

        const _: () = {
            use $crate::models::open_enum::{self, Unrecognized};

            enum Variants { $($variant,)+ }
            struct VariantIndex;
            #[allow(non_upper_case_globals)]
            impl VariantIndex {
                $(const $variant: usize = Variants::$variant as usize;)+
            }
            const VALUES: &[(usize, &str)] =
                &[$((VariantIndex::$variant, $wire), $((VariantIndex::$variant, $alias),)*)+];
            static TEXTS: [u8; open_enum::length(VALUES)] = open_enum::texts(VALUES);

            impl $name {
                /// The values this version knows, in the order of the declaration.
                pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

                /// The value as it stands on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    let index = match self {
                        $(Self::$variant => VariantIndex::$variant,)+
                        Self::Unrecognized(value) => return value.as_str(),
                    };
                    open_enum::text(&TEXTS, index)
                }
            }

            impl From<&str> for $name {
                fn from(value: &str) -> Self {
                    match open_enum::index(&TEXTS, value) {
                        $(VariantIndex::$variant => Self::$variant,)+
                        _ => Self::Unrecognized(Unrecognized::new(value)),
                    }
                }
            }
        };

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

        impl $crate::models::table::Choice for $name {
            fn choose(&mut self, text: Option<&str>) {
                if let Some(text) = text {
                    *self = Self::from(text);
                }
            }
        }

        impl $crate::models::table::Value for $name {
            fn blank() -> Self {
                Self::Unrecognized($crate::models::Unrecognized::new(""))
            }

            fn place(&mut self) -> $crate::models::table::Place<'_> {
                $crate::models::table::Place::Choice(self)
            }

            fn fragment(&self) -> $crate::models::table::Fragment<'_> {
                $crate::models::table::Fragment::Text(self.as_str())
            }

            fn place_of_list(list: &mut Vec<Self>) -> $crate::models::table::Place<'_> {
                $crate::models::table::Place::Choices(list)
            }

            fn access_option(field: &mut Option<Self>, _: $crate::models::table::Access) -> Option<$crate::models::table::Place<'_>> {
                Some($crate::models::table::Place::Choice(field))
            }
        }

        serde_by_table! { $name }
    };
}

/// Writes a type's serde over its table.
macro_rules! serde_by_table {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::models::table::Value::fragment(self), serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::models::serial::deserialize(deserializer)
            }
        }
    };
}
