package dev.waybill.planner.solve.optaplanner;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * The moves of the OptaPlanner solver, drawn at random from several families. How often each is
 * drawn from is set by {@code optaplanner.xml}: its share is its weight by the sum of all.
 */
public final class TreeMoves implements MoveIteratorFactory<Forest, Rewire> {
  private static final int MOST_TRIES = 200;

  private final Draw[] families = {
    new ReparentMoves(),
    new ExchangeMoves(),
    new TakeOverMoves(),
    new BarterMoves(),
    new RelayMoves()
  };
  private final int[] weights = new int[families.length];

  public void setReparent(int weight) {
    weights[0] = weight;
  }

  public void setExchange(int weight) {
    weights[1] = weight;
  }

  public void setTakeOver(int weight) {
    weights[2] = weight;
  }

  public void setBarter(int weight) {
    weights[3] = weight;
  }

  /** Counts only where there are relays. */
  public void setRelay(int weight) {
    weights[4] = weight;
  }

  @Override
  public long getSize(ScoreDirector<Forest> director) {
    return director.getWorkingSolution().places().size();
  }

  @Override
  public Iterator<Rewire> createOriginalMoveIterator(ScoreDirector<Forest> director) {
    throw new UnsupportedOperationException("these moves are drawn at random");
  }

  @Override
  public Iterator<Rewire> createRandomMoveIterator(ScoreDirector<Forest> director, Random random) {
    Forest forest = director.getWorkingSolution();
    Woods woods = new Woods(forest, ForestScore.canopyOf(director), random);
    int used = forest.terrain().anyRelay() ? families.length : families.length - 1;
    int sum = 0;
    for (int i = 0; i < used; i++) {
      sum += weights[i];
    }
    int all = sum;
    return new Iterator<>() {
      private @Nullable Rewire upcoming;

      @Override
      public boolean hasNext() {
        for (int i = 0; i < MOST_TRIES && upcoming == null; i++) {
          upcoming = family(random.nextInt(all)).draw(woods);
        }
        return upcoming != null;
      }

      @Override
      public Rewire next() {
        if (!hasNext() || upcoming == null) {
          throw new NoSuchElementException();
        }
        Rewire move = upcoming;
        upcoming = null;
        return move;
      }
    };
  }

  private Draw family(int drawn) {
    int at = drawn;
    int i = 0;
    while (at >= weights[i]) {
      at -= weights[i++];
    }
    return families[i];
  }
}
