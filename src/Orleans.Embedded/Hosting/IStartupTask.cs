namespace Orleans.Runtime;

/// <summary>Runs once when the silo is active. A failure stops the silo.</summary>
public interface IStartupTask
{
    /// <summary>Does the work.</summary>
    Task Execute(CancellationToken cancellationToken);
}
