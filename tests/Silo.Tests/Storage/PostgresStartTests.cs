using VoiceOrdering.Silo.Storage;
using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Sqlite;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>How a database is named, and what is said when it cannot be used; never a password.</summary>
[NeedsPostgres]
public sealed class PostgresStartTests
{
    [Fact]
    public void Every_form_of_an_address_is_read()
    {
        ((SqliteSettings)DatabaseAddress.Read("sqlite", "/data/file.db")).Path.ShouldBe("/data/file.db");
        ((SqliteSettings)DatabaseAddress.Read("sqlite:/other/file.db", "/data/file.db")).Path.ShouldBe("/other/file.db");
        DatabaseAddress.Read("postgres:Host=db;Database=vo;Username=me;Password=geheim", "-").DisplayName.ShouldBe("vo at db:5432");
        var uri = (PostgresSettings)DatabaseAddress.Read("postgresql://me%40home:ge%3Aheim%2F@db.internal:6000/my%20vo?sslmode=Require", "-");
        var parts = uri.Parts();
        (parts.Host, parts.Port, parts.Database, parts.Username, parts.Password, parts.SslMode).ShouldBe(("db.internal", 6000, "my vo", "me@home", "ge:heim/", Npgsql.SslMode.Require));
        uri.ToString().ShouldBe("PostgreSQL my vo at db.internal:6000");
        DatabaseAddress.Read("postgres://[::1]/vo", "-").DisplayName.ShouldBe("vo at ::1:5432");
    }

    [Theory]
    [InlineData("mysql:Server=db;Password=geheim"), InlineData(""), InlineData("sqlite:"), InlineData("postgres:"), InlineData("postgres:Password=geheim"), InlineData("postgres:geheim")]
    [InlineData("postgres:Host=db;Passwrd=geheim"), InlineData("postgres://"), InlineData("postgres://me:geheim@db/vo?flavour=geheim"), InlineData("postgres://me:geheim@db:99999/vo")]
    public void A_wrong_address_is_refused_without_repeating_it(string address) =>
        Should.Throw<FormatException>(() => DatabaseAddress.Read(address, "/data/file.db")).Message.ShouldNotContain("geheim");

    [Fact]
    public void A_setting_out_of_range_is_named() =>
        (new PostgresSettings { Connection = "Host=db", ConnectSeconds = 0, Readers = 65 }).Faults().Select(fault => fault.Split(' ')[2]).ShouldBe(["ConnectSeconds", "Readers"]);

    [Fact]
    public void Where_no_server_answers_the_start_says_so()
    {
        var refused = Should.Throw<StorageException>(() => PostgresDatabase.Open(new PostgresSettings { Connection = "Host=/nowhere;Database=vo;Username=me;Password=geheim" }, TimeProvider.System));
        refused.Code.ShouldBe(StorageErrorCodes.Unavailable);
        refused.Message.ShouldBe("The database vo at /nowhere cannot be opened: no server answers there (AddressNotAvailable).");
    }

    [DatabaseFact]
    public async Task A_wrong_name_user_or_password_is_said_in_words()
    {
        var cluster = SharedPostgres.Cluster;
        var connection = await cluster.CreateDatabaseAsync();
        await cluster.CreateGuardedUserAsync();
        var name = connection.Split(';')[1]["Database=".Length..];
        await cluster.ExecuteAsync($"ALTER DATABASE {name} OWNER TO {PostgresCluster.GuardedUser}");

        Sentence(cluster.Connection("nobodys")).ShouldEndWith("there is no database of this name; create it with createdb.");
        Sentence(cluster.Connection(name, PostgresCluster.GuardedUser) + ";Password=geheim").ShouldEndWith("the server refused the user or the password.");
        Sentence(cluster.Connection(name, PostgresCluster.GuardedUser)).ShouldEndWith("the server asks for a password and none was given.");
        var right = new Npgsql.NpgsqlConnectionStringBuilder(cluster.Connection(name, PostgresCluster.GuardedUser)) { Password = PostgresCluster.Password };
        PostgresDatabase.Open(new PostgresSettings { Connection = right.ToString() }, TimeProvider.System).Dispose();
    }

    [DatabaseFact]
    public async Task A_user_who_may_not_create_tables_and_a_database_in_another_encoding_are_refused()
    {
        var cluster = SharedPostgres.Cluster;
        var name = (await cluster.CreateDatabaseAsync()).Split(';')[1]["Database=".Length..];
        await cluster.ExecuteAsync("CREATE ROLE visitor LOGIN");
        Sentence(cluster.Connection(name, "visitor")).ShouldEndWith("the user may not create tables in it; make it the database's owner.");
        await cluster.ExecuteAsync("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        Sentence(cluster.Connection("narrow")).ShouldEndWith("its encoding is LATIN1; create it with ENCODING 'UTF8'.");
    }

    private static string Sentence(string connection)
    {
        var refused = Should.Throw<StorageException>(() => PostgresDatabase.Open(new PostgresSettings { Connection = connection }, TimeProvider.System));
        refused.Code.ShouldBe(StorageErrorCodes.Unavailable);
        refused.ToString().ShouldNotContain("geheim");
        return refused.Message;
    }
}
