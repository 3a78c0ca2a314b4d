//! How clients connect to a service: the address that `.env.example` shows.

/// The connection of a well-known service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// Parts of the names that variables about such a service have, in upper case, such as `REDIS`.
    pub variable_hints: &'static [&'static str],
    /// The address.
    pub address: Address,
    /// The scheme with a driver that SQLAlchemy wants in the address, as an example, for an SQL database.
    pub sqlalchemy_scheme: Option<&'static str>,
    /// Whether each client holds connections that the service limits, as a database does.
    pub is_pooled: bool,
}

/// The form of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// `before` HOST:PORT `after`, without an account.
    Plain {
        /// The scheme, such as `redis://`; empty where clients write none.
        before: &'static str,
        /// The path.
        after: &'static str,
    },
    /// `scheme`://USER:PASSWORD@HOST:PORT/DATABASE`query`.
    Account {
        /// The scheme, such as `postgresql`.
        scheme: &'static str,
        /// The user.
        user: AccountName,
        /// The variable of the service that names the database, if the address holds one.
        database: Option<&'static str>,
        /// The query, with its `?`.
        query: &'static str,
    },
}

/// The user of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountName {
    /// The value of this variable of the service.
    Variable(&'static str),
    /// Always this one.
    Fixed(&'static str),
}
