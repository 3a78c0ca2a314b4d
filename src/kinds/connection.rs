//! How clients connect to a service: the address that `.env.example` shows.

/// The connection of a well-known service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// Parts of the names that variables about such a service have, in upper case, such as `REDIS`. The first service in
    /// `needs` with a part of a variable's name is what the variable is about.
    pub variable_hints: &'static [&'static str],
    /// The address.
    pub address: Address,
    /// The schemes of an SQL database in the addresses of libraries that have their own; none for what speaks no SQL.
    pub sql: Option<SqlSchemes>,
    /// Whether each client holds connections that the service limits, as a database does.
    pub is_pooled: bool,
}

/// The schemes of an SQL database in the addresses of libraries that have their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlSchemes {
    /// SQLAlchemy's, which names a driver too, such as `postgresql+asyncpg`.
    pub sqlalchemy: &'static str,
    /// JDBC's, after its `jdbc:`, such as `postgresql`.
    pub jdbc: &'static str,
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
