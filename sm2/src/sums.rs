//! Many sums of points at a time. Affine points are added in pairs, the sums again, and so on; the
//! inversions of a round, one for each pair, are made by one.

use crate::digits::fixed;
use crate::field::Field;
use crate::point::Affine;
use crate::scalar::Scalar;
use crate::tables::Windows;

/// The sum of the terms k·P of each list, `None` for infinity. `None` for all only if a table lacked a
/// multiple that its digits ask for.
pub(crate) fn sums_of_products<const TERMS: usize>(
    terms: &[[(&Windows, &Scalar); TERMS]],
) -> Option<Vec<Option<Affine>>> {
    let mut lists = Vec::with_capacity(terms.len());
    for list in terms {
        let mut points = Vec::with_capacity(40 * TERMS);
        for (windows, scalar) in list {
            push_multiples(&mut points, windows, scalar)?;
        }
        lists.push(points);
    }
    let mut room = Vec::new();
    while lists.iter().any(|points| points.len() > 1) {
        add_pairs(&mut lists, &mut room);
    }
    Some(lists.iter().map(|points| points.first().copied()).collect())
}

/// The points whose sum is the scalar times the point of the windows.
fn push_multiples(points: &mut Vec<Affine>, windows: &Windows, scalar: &Scalar) -> Option<()> {
    let (negative, magnitude) = scalar.signed();
    let mut tables = windows.digits();
    for digit in fixed(&magnitude, windows.width()) {
        let multiples = tables.next()?;
        if let Some(index) = usize::from(digit.magnitude).checked_sub(1) {
            let multiple = multiples.get(index)?;
            points.push(if digit.negative == negative {
                *multiple
            } else {
                multiple.negate()
            });
        }
    }
    Some(())
}

/// Replaces two points each by their sum, or by nothing where it is infinity.
fn add_pairs(lists: &mut [Vec<Affine>], denominators: &mut Vec<Field>) {
    denominators.clear();
    for points in &*lists {
        for pair in points.chunks_exact(2) {
            if let [p, q] = pair {
                denominators.push(denominator(p, q));
            }
        }
    }
    invert_all(denominators);
    let mut inverses = denominators.iter();
    for points in lists {
        let mut kept = 0;
        for place in (0..points.len()).step_by(2) {
            let sum = match points.get(place..).unwrap_or_default() {
                [p, q, ..] => inverses.next().and_then(|inverse| add(p, q, inverse)),
                rest => rest.first().copied(),
            };
            // Never past what was read already.
            if let (Some(sum), Some(slot)) = (sum, points.get_mut(kept)) {
                *slot = sum;
                kept += 1;
            }
        }
        points.truncate(kept);
    }
}

/// What the slope of the line through two points is divided by; one where there is no slope.
fn denominator(p: &Affine, q: &Affine) -> Field {
    let run = q.x.subtract(&p.x);
    match (run.is_zero(), p.y == q.y) {
        (false, _) => run,
        (true, true) => p.y.double(),
        (true, false) => Field::ONE,
    }
}

/// P + Q by the inverse of their [`denominator`]; `None` for infinity. No point has y = 0, as the
/// order of the curve is odd.
fn add(p: &Affine, q: &Affine, inverse: &Field) -> Option<Affine> {
    let rise = if p.x != q.x {
        q.y.subtract(&p.y)
    } else if p.y == q.y {
        // 3x² + a.
        p.x.square().subtract(&Field::ONE).triple()
    } else {
        return None;
    };
    let slope = rise.multiply(inverse);
    let x = slope.square().subtract(&p.x).subtract(&q.x);
    let y = slope.multiply(&p.x.subtract(&x)).subtract(&p.y);
    Some(Affine { x, y })
}

/// Each element's inverse, for one inversion. None may be zero.
fn invert_all(elements: &mut [Field]) {
    let mut product = Field::ONE;
    let before: Vec<Field> = elements
        .iter()
        .map(|element| {
            let before = product;
            product = product.multiply(element);
            before
        })
        .collect();
    let mut inverse = product.invert();
    for (element, before) in elements.iter_mut().zip(&before).rev() {
        let own = inverse.multiply(before);
        inverse = inverse.multiply(element);
        *element = own;
    }
}
