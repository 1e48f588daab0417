using VoiceOrdering.Silo.Storage.Postgres;
using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>A database of a PostgreSQL server, by default of the shared one; the server throws it away when it ends.</summary>
internal sealed class TemporaryPostgres : TestDatabase
{
    public TemporaryPostgres(PostgresCluster? cluster = null, DatabaseUse use = DatabaseUse.Shared) =>
        Settings = new PostgresSettings { Connection = Task.Run((cluster ?? SharedPostgres.Cluster).CreateDatabaseAsync).GetAwaiter().GetResult(), Use = use };

    public PostgresSettings Settings { get; }

    public override string Address => $"postgres:{Settings.Connection}";

    public override RelationalDatabase Open() => PostgresDatabase.Open(Settings, TimeProvider.System);

    protected override void Remove()
    {
    }
}
