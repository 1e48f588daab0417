namespace VoiceOrdering.Silo.Storage.Migrations;

/// <summary>The schema, step by step, for every database. Instants are UTC milliseconds since 1970, money is minor units.</summary>
internal static class MigrationList
{
    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "grain state and reminders", GrainTables),
        new(2, "orders, submissions, outbox, audit", OrderTables),
        new(3, "users, API keys, data protection keys", IdentityTables),
        new(4, "destinations and deliveries of order events", DeliveryTables),
        new(5, "roles, revocable API keys, refresh tokens, revocations, restaurants", SessionTables),
        new(6, "submissions by age", _ => "CREATE INDEX submissions_by_time ON submissions (created_at);"),
        new(7, "log-ins by subject and beginning, audit by restaurant", LogInIndexes),
        new(8, "customers and vouchers", CustomerTables),
        new(9, "events by age, deliveries by event", _ => "CREATE INDEX outbox_by_time ON outbox (created_at); CREATE INDEX deliveries_by_event ON deliveries (event_id);"),
        new(10, "one order of a session", OneOrderOfSession),
    ];

    // A cleared state keeps its row without payload, so that its ETag never comes back for another content.
    private static string GrainTables(SqlDialect sql) => $"""
        CREATE TABLE grain_state (
          store {sql.Text} NOT NULL, grain_id {sql.Text} NOT NULL, state_name {sql.Text} NOT NULL,
          etag {sql.Integer} NOT NULL, payload {sql.Bytes}, changed_at {sql.Integer} NOT NULL,
          PRIMARY KEY (store, grain_id, state_name));
        CREATE TABLE reminders (
          grain_id {sql.Text} NOT NULL, reminder_name {sql.Text} NOT NULL, grain_hash {sql.Integer} NOT NULL,
          start_at_ticks {sql.Integer} NOT NULL, period_ticks {sql.Integer} NOT NULL, etag {sql.Integer} NOT NULL,
          PRIMARY KEY (grain_id, reminder_name));
        CREATE INDEX reminders_by_hash ON reminders (grain_hash);
        """;

    // Lines are one JSON document (the wire dialect): they are written once, read whole, and both databases can query into them.
    private static string OrderTables(SqlDialect sql) => $"""
        CREATE TABLE orders (
          order_id {sql.Text} NOT NULL PRIMARY KEY, restaurant_id {sql.Text} NOT NULL, business_day {sql.Integer} NOT NULL, number {sql.Text} NOT NULL,
          session_id {sql.Text} NOT NULL, cart_version {sql.Integer} NOT NULL, status {sql.Integer} NOT NULL, currency {sql.Text} NOT NULL,
          subtotal_minor {sql.Integer} NOT NULL, tax_minor {sql.Integer} NOT NULL, included_tax_minor {sql.Integer} NOT NULL, total_minor {sql.Integer} NOT NULL,
          placed_at {sql.Integer} NOT NULL, changed_at {sql.Integer} NOT NULL, version {sql.Integer} NOT NULL,
          via {sql.Text} NOT NULL, subject {sql.Text} NOT NULL, lines {sql.Text} NOT NULL);
        CREATE UNIQUE INDEX orders_by_cart ON orders (restaurant_id, session_id, cart_version);
        CREATE UNIQUE INDEX orders_by_number ON orders (restaurant_id, business_day, number);
        CREATE INDEX orders_newest_first ON orders (restaurant_id, placed_at DESC, order_id DESC);
        CREATE INDEX orders_by_change ON orders (restaurant_id, changed_at);
        CREATE TABLE order_numbers (
          restaurant_id {sql.Text} NOT NULL, business_day {sql.Integer} NOT NULL, last_number {sql.Integer} NOT NULL,
          PRIMARY KEY (restaurant_id, business_day));
        CREATE TABLE submissions (
          restaurant_id {sql.Text} NOT NULL, idempotency_key {sql.Text} NOT NULL, fingerprint {sql.Text} NOT NULL,
          order_id {sql.Text} NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE, created_at {sql.Integer} NOT NULL,
          PRIMARY KEY (restaurant_id, idempotency_key));
        CREATE INDEX submissions_by_order ON submissions (order_id);
        CREATE TABLE outbox (
          delivery_id {sql.Text} NOT NULL PRIMARY KEY, kind {sql.Text} NOT NULL, restaurant_id {sql.Text} NOT NULL, order_id {sql.Text} NOT NULL,
          payload {sql.Text} NOT NULL, created_at {sql.Integer} NOT NULL, attempts {sql.Integer} NOT NULL, next_at {sql.Integer} NOT NULL,
          delivered_at {sql.Integer}, last_error {sql.Text});
        CREATE INDEX outbox_due ON outbox (next_at) WHERE delivered_at IS NULL;
        CREATE TABLE audit (
          audit_id {sql.Sequence}, at {sql.Integer} NOT NULL, restaurant_id {sql.Text} NOT NULL, subject {sql.Text} NOT NULL,
          action {sql.Text} NOT NULL, target {sql.Text} NOT NULL, detail {sql.Text} NOT NULL);
        CREATE INDEX audit_by_target ON audit (target);
        """;

    private static string IdentityTables(SqlDialect sql) => $"""
        CREATE TABLE users (
          name_key {sql.Text} NOT NULL PRIMARY KEY, username {sql.Text} NOT NULL, password_hash {sql.Text} NOT NULL, subject {sql.Text} NOT NULL,
          restaurant_id {sql.Text}, scopes {sql.Text} NOT NULL, changed_at {sql.Integer} NOT NULL);
        CREATE TABLE api_keys (
          key_hash {sql.Text} NOT NULL PRIMARY KEY, label {sql.Text} NOT NULL, subject {sql.Text} NOT NULL, restaurant_id {sql.Text},
          scopes {sql.Text} NOT NULL, changed_at {sql.Integer} NOT NULL);
        CREATE TABLE data_protection_keys (name {sql.Text} NOT NULL PRIMARY KEY, xml {sql.Text} NOT NULL, created_at {sql.Integer} NOT NULL);
        """;

    // An event has a delivery for each destination that stood when it happened. The columns of outbox that said whether it was sent are no longer used.
    private static string DeliveryTables(SqlDialect sql) => $"""
        DROP INDEX outbox_due;
        CREATE TABLE destinations (
          destination_id {sql.Text} NOT NULL PRIMARY KEY, restaurant_id {sql.Text} NOT NULL, kind {sql.Integer} NOT NULL, address {sql.Text} NOT NULL,
          enabled {sql.Integer} NOT NULL, secrets {sql.Text} NOT NULL, previous_until {sql.Integer}, created_at {sql.Integer} NOT NULL);
        CREATE INDEX destinations_by_restaurant ON destinations (restaurant_id);
        CREATE TABLE deliveries (
          delivery_id {sql.Text} NOT NULL PRIMARY KEY, event_id {sql.Text} NOT NULL REFERENCES outbox (delivery_id) ON DELETE CASCADE, destination_id {sql.Text} NOT NULL,
          restaurant_id {sql.Text} NOT NULL, order_id {sql.Text} NOT NULL, order_version {sql.Integer} NOT NULL, state {sql.Integer} NOT NULL, attempts {sql.Integer} NOT NULL,
          created_at {sql.Integer} NOT NULL, next_at {sql.Integer} NOT NULL, claimed_until {sql.Integer}, delivered_at {sql.Integer}, last_error {sql.Text});
        CREATE INDEX deliveries_due ON deliveries (destination_id, next_at, delivery_id) WHERE state = 0;
        CREATE INDEX deliveries_dead ON deliveries (restaurant_id, destination_id) WHERE state = 2;
        CREATE INDEX deliveries_in_order ON deliveries (destination_id, order_id, order_version);
        CREATE INDEX deliveries_by_restaurant ON deliveries (restaurant_id, created_at);
        """;

    private static string SessionTables(SqlDialect sql) => $"""
        ALTER TABLE users ADD COLUMN role {sql.Text} NOT NULL DEFAULT '';
        ALTER TABLE users ADD COLUMN disabled {sql.Integer} NOT NULL DEFAULT 0;
        ALTER TABLE users ADD COLUMN created_at {sql.Integer};
        CREATE INDEX users_by_subject ON users (subject);
        CREATE INDEX users_by_restaurant ON users (restaurant_id);
        ALTER TABLE api_keys ADD COLUMN key_id {sql.Text} NOT NULL DEFAULT '';
        ALTER TABLE api_keys ADD COLUMN prefix {sql.Text} NOT NULL DEFAULT '';
        ALTER TABLE api_keys ADD COLUMN created_at {sql.Integer};
        ALTER TABLE api_keys ADD COLUMN expires_at {sql.Integer};
        ALTER TABLE api_keys ADD COLUMN revoked_at {sql.Integer};
        ALTER TABLE api_keys ADD COLUMN last_used_at {sql.Integer};
        CREATE INDEX api_keys_by_restaurant ON api_keys (restaurant_id);
        CREATE TABLE refresh_tokens (
          token_hash {sql.Text} NOT NULL PRIMARY KEY, family {sql.Text} NOT NULL, subject {sql.Text} NOT NULL,
          created_at {sql.Integer} NOT NULL, expires_at {sql.Integer} NOT NULL, used_at {sql.Integer});
        CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
        CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);
        CREATE TABLE revocations (revoked {sql.Text} NOT NULL PRIMARY KEY, revoked_at {sql.Integer} NOT NULL);
        CREATE INDEX revocations_by_time ON revocations (revoked_at);
        CREATE TABLE restaurants (restaurant_id {sql.Text} NOT NULL PRIMARY KEY, created_at {sql.Integer} NOT NULL);
        """;

    private static string LogInIndexes(SqlDialect sql) => $"""
        ALTER TABLE refresh_tokens ADD COLUMN began_at {sql.Integer};
        UPDATE refresh_tokens SET began_at = created_at;
        CREATE INDEX refresh_tokens_by_subject ON refresh_tokens (subject, began_at);
        CREATE INDEX audit_by_restaurant ON audit (restaurant_id, audit_id);
        CREATE INDEX api_keys_by_id ON api_keys (key_id);
        """;

    // There never should have been two; if there are, they are kept, and only the first one is what its session became.
    private static string OneOrderOfSession(SqlDialect sql) => """
        UPDATE orders SET session_id = session_id || '~' || order_id WHERE EXISTS (SELECT 1 FROM orders o
          WHERE o.restaurant_id = orders.restaurant_id AND o.session_id = orders.session_id AND (o.placed_at, o.order_id) < (orders.placed_at, orders.order_id));
        CREATE UNIQUE INDEX orders_by_session ON orders (restaurant_id, session_id);
        DROP INDEX orders_by_cart;
        """;

    // A voucher's code is unique in its restaurant; the order that redeems it writes the row in its own transaction.
    private static string CustomerTables(SqlDialect sql) => $"""
        ALTER TABLE orders ADD COLUMN discount_minor {sql.Integer} NOT NULL DEFAULT 0;
        ALTER TABLE orders ADD COLUMN voucher {sql.Text};
        ALTER TABLE orders ADD COLUMN customer_id {sql.Text};
        CREATE INDEX orders_by_customer ON orders (restaurant_id, customer_id, placed_at DESC) WHERE customer_id IS NOT NULL;
        CREATE TABLE customers (
          customer_id {sql.Text} NOT NULL PRIMARY KEY, restaurant_id {sql.Text} NOT NULL, phone {sql.Text} NOT NULL, name {sql.Text} NOT NULL, allergens {sql.Text} NOT NULL,
          created_at {sql.Integer} NOT NULL, changed_at {sql.Integer} NOT NULL, version {sql.Integer} NOT NULL);
        CREATE UNIQUE INDEX customers_by_phone ON customers (restaurant_id, phone);
        CREATE TABLE vouchers (
          restaurant_id {sql.Text} NOT NULL, code {sql.Text} NOT NULL, status {sql.Integer} NOT NULL, kind {sql.Integer} NOT NULL, value {sql.Integer} NOT NULL,
          currency {sql.Text} NOT NULL, minimum_minor {sql.Integer} NOT NULL, customer_id {sql.Text}, expires_at {sql.Integer}, note {sql.Text} NOT NULL,
          issued_at {sql.Integer} NOT NULL, issued_by {sql.Text} NOT NULL, issue_key {sql.Text}, changed_at {sql.Integer} NOT NULL, order_id {sql.Text},
          PRIMARY KEY (restaurant_id, code));
        CREATE UNIQUE INDEX vouchers_by_key ON vouchers (restaurant_id, issue_key) WHERE issue_key IS NOT NULL;
        CREATE INDEX vouchers_by_order ON vouchers (order_id) WHERE order_id IS NOT NULL;
        CREATE INDEX vouchers_by_customer ON vouchers (restaurant_id, customer_id) WHERE customer_id IS NOT NULL;
        CREATE INDEX vouchers_newest_first ON vouchers (restaurant_id, issued_at DESC, code DESC);
        """;
}
