using VoiceOrdering.Silo.Storage.Relational;
using VoiceOrdering.TestKit.Databases;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>A real database of its own for one test, removed afterwards.</summary>
public abstract class TestDatabase : IDisposable
{
    private RelationalDatabase? _open;

    /// <summary>How a process of its own names it.</summary>
    public abstract string Address { get; }

    /// <summary>The open database.</summary>
    public RelationalDatabase Database => _open ??= Open();

    /// <summary>Closes it; the next use opens it again, as the next process would.</summary>
    public void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    public void Dispose()
    {
        Close();
        Remove();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens it once more, beside <see cref="Database"/>.</summary>
    public abstract RelationalDatabase Open();

    protected abstract void Remove();
}

/// <summary>The PostgreSQL server that the tests of this assembly share; it ends with the process.</summary>
internal static class SharedPostgres
{
    private static readonly Lazy<Task<PostgresCluster>> s_cluster = new(() => Task.Run(PostgresCluster.StartFastAsync));

    public static PostgresCluster Cluster => s_cluster.Value.GetAwaiter().GetResult();
}
